"""Search in every script, newest first; whatever is typed is words and never an operator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.domain.encounter import FollowUp, HandOver
from outreach_app.records.words import LONGEST_WORD, cut_words, fold, index_text, match_expression
from tests.support.sessions import MET_AT, Laptop, PreparedLaptop

NOTES = {
    "thai": "เธอทำงานที่ร้านนวดและดื่มน้ำทุกคืน",
    "chinese": "她在北京工作，护照被老板拿走了",
    "danish": "Hun bor på Nørrebro og hedder måske Zoë; kæresten venter.",
    "emoji": "👩🏽‍🦱🙂 worried 🏃 tonight",
    "arabic": "هِيَ خائِفَةٌ مِنَ الدَّيْنِ",
    "german": "Straße und Füße",
    "quotes": "He said \"never\" (twice) and AND OR NOT NEAR rows; 100% o'clock *",
    "cyrillic": "Она боится Ёлкина",
    "turned": "Anna\u202elav and co\u00adoperate",
}


@pytest.fixture(scope="module")
def noted(prepared: PreparedLaptop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laptop, dict[str, str]]]:
    with prepared.copy(tmp_path_factory.mktemp("search") / "vault") as laptop:
        names = {laptop.finish(note): name for name, note in NOTES.items()}
        yield laptop, names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("นวด", ["thai"]), ("ทำ", ["thai"]), ("น้ำ", ["thai"]), ("ทำงาน", ["thai"]), ("ที่", ["thai"]), ("เธ", ["thai"]),
        ("北京", ["chinese"]), ("工作", ["chinese"]), ("护照", ["chinese"]), ("京工", ["chinese"]), ("她", ["chinese"]),
        ("北京工作", ["chinese"]), ("上海", []), ("norrebro", ["danish"]), ("NØRREBRO", ["danish"]), ("nørre", ["danish"]),
        ("zoe", ["danish"]), ("ZOË", ["danish"]), ("kaereste", ["danish"]), ("på", ["danish"]), ("worried", ["emoji"]),
        ("tonight worried", ["emoji"]), ("خائفة", ["arabic"]), ("الدين", ["arabic"]), ("strasse", ["german"]), ("FUSSE", ["german"]),
        ("never", ["quotes"]), ('"never"', ["quotes"]), ("NEAR(", ["quotes"]), ("(twice)", ["quotes"]), ("елкина", ["cyrillic"]),
        ("annalav", ["turned"]), ("cooperate", ["turned"]), ("Anna\u202elav", ["turned"]), ("hedder zoe", ["danish"]), ("hedder tonight", []),
        ("street", ["turned", "cyrillic", "quotes", "german", "arabic", "emoji", "danish", "chinese", "thai"]), ("gade", list(NOTES)[::-1]),
    ],
)  # fmt: skip
def test_words_are_found_newest_first(noted: tuple[Laptop, dict[str, str]], typed: str, found: list[str]) -> None:
    laptop, names = noted
    assert [names[hit.id] for hit in laptop.session.search.search(typed)] == found


@pytest.mark.parametrize(
    "typed",
    ['"', "(", ")", "NEAR(", "'; drop table encounters; --", "*", "a*", "^", "a:b", "words:", "{words}:x", "-", "+", "AND", "NOT",
     "OR OR", "\x00", "a\x00b", "x" * 400, "x" * 10_000, "\ud800", "👩🏽‍🦱", "\u202e", "", " ", "\n", "''", '""', '"" OR "a"', "a AND b"],
)  # fmt: skip
def test_operators_and_strange_signs_are_only_text(noted: tuple[Laptop, dict[str, str]], typed: str) -> None:
    laptop, _names = noted
    hits = laptop.session.search.search(typed)
    assert len({hit.id for hit in hits}) == len(hits)
    assert laptop.session.encounters.count_encounters() == len(NOTES)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=30) | st.text('"()*^:-+ANDORTNE ', max_size=20))
def test_no_text_breaks_the_search(noted: tuple[Laptop, dict[str, str]], typed: str) -> None:
    laptop, _names = noted
    laptop.session.search.search(typed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(sorted(NOTES)), st.data())
def test_every_word_of_a_note_finds_it(noted: tuple[Laptop, dict[str, str]], name: str, data: st.DataObject) -> None:
    laptop, names = noted
    words = NOTES[name].replace("，", " ").split()
    typed = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3)))
    if match_expression(typed):
        assert name in {names[hit.id] for hit in laptop.session.search.search(typed)}


def test_names_codes_labels_and_to_dos_are_found_but_not_signs_that_were_absent(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    place = laptop.session.places.record_place("MP-77", "meeting_place")
    note_id = laptop.finish(
        contact_id=contact.id, place_id=place.id, nationality="RO", languages=("ro",), setting="massage_parlour",
        follow_up=FollowUp(MET_AT.date(), "telephone"), hand_over=HandOver("Kommunen", "urgent", "grounds"),
        answers={"as.coercion_at_destination.documents_taken": "told"},
    )  # fmt: skip
    sign = laptop.parts.catalogues["adult_sexual"].by_id()["as.coercion_at_destination.documents_taken"]
    for typed in ("jacket", "mp 77", "RO", "telephone", "kommunen", "urgent", "grounds", sign.label("en"), sign.label("da"), "massage", "massageklinik"):
        assert [hit.id for hit in laptop.session.search.search(typed)] == [note_id], typed
    other = laptop.finish(answers={"as.coercion_at_destination.documents_taken": "not_present"})
    assert other not in {hit.id for hit in laptop.session.search.search(sign.label("en"))}


def test_the_limit_keeps_the_newest(laptop: Laptop) -> None:
    ids = [laptop.finish("same words") for _ in range(4)]
    assert [hit.id for hit in laptop.session.search.search("same", limit=2)] == ids[:1:-1]


def test_words_are_cut_where_a_reader_would() -> None:
    assert cut_words("Zoë's 2 cafés!") == ["zoe's", "2", "cafes"]
    assert cut_words("a\u200bb") == ["a", "b"]
    assert cut_words("x" * 500) == ["x" * LONGEST_WORD, *cut_words("x" * 500)[1:]]
    assert index_text("北京人").split()[-5:] == ["北京", "京人", "北", "京", "人"]
    assert match_expression("北京人民") == '"北京" AND "人民"'
    assert match_expression('say "hi" now') == '"say" AND "hi" AND "now"*'


@settings(max_examples=200)
@given(st.text())
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
