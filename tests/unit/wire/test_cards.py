"""Card files: every language complete and drawn by our fonts, no promise that is not true; hostile files are refused."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.domain.cards import CARD_LANGUAGES
from outreach_app.domain.encounter import CardAnswers, Encounter
from outreach_app.errors import KnownError
from outreach_app.leaflets.directory import EMERGENCY, help_lines
from outreach_app.paths import shipped_folder
from outreach_app.services.checks import checked_encounter
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.runs import missing_letters, script_of
from outreach_app.wire import cards as wire
from outreach_app.wire.cards import (
    answers_to_json,
    load_deck,
    load_words,
    read_answers,
    read_deck,
    read_words,
)
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.indicator_catalogue import load_catalogues

FOLDER = shipped_folder("resources") / "cards"
FACES = {
    "Latn": ["NotoSans-Regular"],
    "Cyrl": ["NotoSans-Regular"],
    "Thai": ["NotoSansThai-Regular"],
    "Arab": ["Vazirmatn-Regular"],
    "Hans": ["NotoSansSC-Regular"],
}
SCRIPTS = {"Latn": {"Latn"}, "Cyrl": {"Cyrl"}, "Thai": {"Thai"}, "Arab": {"Arab"}, "Hans": {"Hani"}}
PROMISES = re.compile(
    r"politi|police|polici|polizei|polic[ií]a|poliț|полиц|поліц|полія|شرطة|警|ตำรวจ|cảnh sát|công an"
    r"|anon|анонім|аноним|مجهول|匿名|นิรนาม|ẩn danh"
    r"|victim|víctim|vítim|victime|жертв|ضحي|受害|เหยื่อ|nạn nhân|\boffer\b|offre\b"
    r"|secret|hemmelig|секрет|таємн|тайн|سري|秘密|保密|ความลับ|bí mật|confiden"
    r"|gratis|\bfree\b|gratuit|безплат|бесплат|безкоштов|مجان|免费|ฟรี|miễn phí",
    re.IGNORECASE,
)


def texts(words) -> list[str]:
    return [words.own_name, *words.lines.values(), *words.cards.values()]


def english() -> dict:
    return json.loads((FOLDER / "words_en.json").read_text("utf-8"))


def deck() -> dict:
    return json.loads((FOLDER / "cards.json").read_text("utf-8"))


def refused(read, *arguments) -> str:
    with pytest.raises(UntrustedDataError) as caught:
        read(*arguments)
    return caught.value.sentence()


def test_the_shipped_deck_has_health_cards_and_others():
    kinds = [card.kind for card in load_deck().cards]
    assert (kinds.count("health"), kinds.count("screen"), kinds.count("other")) == (8, 1, 12)
    assert kinds[:8] == ["health"] * 8


def test_every_suggested_sign_is_in_every_catalogue():
    for catalogue in load_catalogues().values():
        facts = {sign.partition(".")[2] for sign in catalogue.by_id()}
        assert [fact for card in load_deck().cards for fact in card.facts if fact not in facts] == []


@pytest.mark.parametrize("name", [card.picture for card in load_deck().cards])
def test_every_picture_is_a_plain_line_drawing_of_one_family(name):
    root = ET.fromstring((FOLDER / f"{name}.svg").read_bytes())  # noqa: S314 - our own file
    given_by = {key: root.get(key) for key in ("viewBox", "stroke-width", "stroke", "fill")}
    assert given_by == {"viewBox": "0 0 48 48", "stroke-width": "1.5", "stroke": "currentColor", "fill": "none"}
    assert {part.tag.rpartition("}")[2] for part in root} <= {"path", "circle", "rect"}
    assert not any("href" in key or key.startswith("on") for part in root.iter() for key in part.attrib)


def test_the_folder_holds_what_is_used_and_nothing_else():
    pictures = {f"{card.picture}.svg" for card in load_deck().cards}
    files = {f"words_{name}.json" for name in CARD_LANGUAGES} | {"cards.json"}
    assert {path.name for path in FOLDER.iterdir()} == pictures | files


@pytest.mark.parametrize("name", CARD_LANGUAGES)
def test_a_language_is_complete_in_its_script_and_our_fonts_draw_it(name):
    words = load_words()[name]
    assert words.draft, "nobody has checked any of them yet"
    assert set(words.cards) == {card.id for card in load_deck().cards}
    faces = [load_face(face) for face in FACES[words.script]]
    assert missing_letters("".join(texts(words)), faces) == frozenset()
    for text in texts(words):
        scripts = {script_of(letter) for letter in text.replace("{number}", "")} - {None}
        assert scripts <= SCRIPTS[words.script], text


@pytest.mark.parametrize("name", CARD_LANGUAGES)
def test_a_text_promises_nothing_and_asks_one_thing_shortly(name):
    words = load_words()[name]
    assert [text for text in texts(words) if PROMISES.search(text)] == []
    assert all(len(text) <= 75 for text in words.cards.values())
    assert all("!" not in text and "！" not in text for text in texts(words))
    ends = {"th": "", "ar": "؟", "zh-Hans": "？"}.get(name, "?")
    assert all(text.endswith(ends) and text.count("?") <= 1 for text in words.cards.values())


def test_no_language_is_a_copy_of_another():
    for card in load_deck().cards:
        asked = [words.cards[card.id] for words in load_words().values()]
        assert len(set(asked)) == len(asked), card.id


def test_the_emergency_number_comes_from_the_directory():
    number = help_lines().line(EMERGENCY).number
    assert all(number not in text for words in load_words().values() for text in texts(words))


def test_a_note_takes_the_tag_of_every_language():
    for name in CARD_LANGUAGES:
        cards = CardAnswers(name, draft=True, answers={"papers": "no"})
        content = Encounter(met_at=datetime(2026, 3, 2, 20, 0, tzinfo=UTC), setting="street", cards=cards)
        assert checked_encounter(content, load_code_lists()).cards == cards


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda f: f["cards"].pop("pain"), "$.cards.pain"),
        (lambda f: f["cards"].update(more="Is this asked?"), "$.cards.more"),
        (lambda f: f["lines"].pop("call"), "$.lines.call"),
        (lambda f: f["lines"].update(more="more"), "$.lines"),
        (lambda f: f["cards"].update(pain=""), "$.cards"),
        (lambda f: f["cards"].update(pain="x" * 121), "$.cards"),
        (lambda f: f["cards"].update(pain="\u202emade to look other"), "$.cards.pain"),
        (lambda f: f["cards"].update(pain="two\u2028lines"), "$.cards.pain"),
        (lambda f: f["cards"].update(pain="a\x00b"), "$.cards.pain"),
        (lambda f: f["cards"].update(pain="x" + "\u0301" * 50), "$.cards.pain"),
        (lambda f: f["cards"].update(pain="cafe\u0301"), "$.cards.pain"),
        (lambda f: f["cards"].update(pain=" blank"), "$.cards.pain"),
        (lambda f: f["cards"].update(pain="call {number}"), "$.cards.pain"),
        (lambda f: f["lines"].update(call="call us"), "$.lines.call"),
        (lambda f: f["lines"].update(call="call {number} {0.__class__}"), "$.lines.call"),
        (lambda f: f["lines"].update(call="call {number"), "$.lines.call"),
        (lambda f: f.update(own_name="\u200bEnglish"), "$.own_name"),
        (lambda f: f.update(script="Wxyz"), "$.script"),
        (lambda f: f.update(language="../en"), "$.language"),
        (lambda f: f.update(state="checked"), "$.state"),
        (lambda f: f.update(checked_by="AM", checked_on="2026-03-02"), "$.state"),
        (lambda f: f.update(more=1), "$.more"),
    ],
)
def test_hostile_words_are_refused_by_the_name_of_the_field(change, where):
    fields = english()
    change(fields)
    assert where in refused(read_words, json.dumps(fields), load_deck())


def test_words_that_a_person_has_checked_are_no_draft():
    fields = english() | {"state": "checked", "checked_by": "AM", "checked_on": "2026-03-02"}
    assert not read_words(json.dumps(fields), load_deck()).draft


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda f: f["cards"].append(f["cards"][0]), "$.cards[21].id"),
        (lambda f: f["cards"].reverse(), "$.cards["),
        (lambda f: f["cards"][0].update(id="../x"), "$.cards[0].id"),
        (lambda f: f["cards"][0].update(picture="../../secret"), "$.cards[0].picture"),
        (lambda f: f["cards"][0].update(offers_on="yes"), "$.cards[0].offers_on"),
        (lambda f: f["cards"][13].update(offers_on=None), "$.cards[13].offers_on"),
        (lambda f: f["cards"][13].update(facts=["a.b"] * 6), "$.cards[13].facts"),
        (lambda f: f["cards"][13].update(facts=["as.coercion.isolation"]), "$.cards[13].facts"),
        (lambda f: f["cards"][9].update(health="check"), "$.cards[9].health"),
        (lambda f: f["cards"][0].update(health="name"), "$.cards[0].health"),
        (lambda f: f["cards"].pop(8), "$.cards"),
        (lambda f: f.update(cards=[]), "$.cards"),
        (lambda f: f.update(version=0), "$.version"),
    ],
)
def test_a_hostile_deck_is_refused_by_the_name_of_the_field(change, where):
    fields = deck()
    change(fields)
    assert where in refused(read_deck, json.dumps(fields))


def test_a_file_under_another_name_is_refused(monkeypatch):
    real = wire.read_shipped
    monkeypatch.setattr(wire, "read_shipped", lambda name: real(name.replace("_da", "_en")))
    assert "$.language" in refused(wire.load_words.__wrapped__)


def test_too_large_a_file_is_refused():
    with pytest.raises(DataTooLargeError):
        read_deck(b"[" + b" " * (1 << 16))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_calmly(untrusted):
    for read in (read_deck, read_answers):
        with pytest.raises(KnownError):
            read(untrusted)


def test_answers_go_to_the_note_and_come_back():
    answers = CardAnswers("pt-BR", draft=True, answers={"papers": "no", "debt": "skip"})
    assert read_answers(answers_to_json(answers)) == answers


@pytest.mark.parametrize(
    "answers", [{"papers": "maybe"}, {"../x": "yes"}, {f"c{number}": "yes" for number in range(61)}]
)
def test_answers_of_another_kind_are_refused(answers):
    assert "$.answers" in refused(read_answers, json.dumps({"language": "ro", "draft": True, "answers": answers}))
