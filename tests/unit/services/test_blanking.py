"""Blanking: the words go from every version, field, index, draft, backup and batch; everything else stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.blanking import blank_fields, blank_text, blanking_pattern
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter, FollowUp, HandOver, HealthBlock, WorkerView
from outreach_app.domain.erasing import BLANK
from outreach_app.domain.errors import NameMissingError, NoteNeedsReasonError
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import WordsNotFoundError
from outreach_app.wire.batch_records import BlankingRecord, NoteRecord, VoidRecord
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, holding
from tests.support.sessions import Laptop, PreparedLaptop, met

MARKER = "Kirsebaerblomst"
EVERYWHERE = met(
    f"x {MARKER} y", consent=ConsentLevel.FOLLOW_UP, speaking="alone", follow_up=FollowUp(date(2026, 3, 9), f"call {MARKER}"),
    hand_over=HandOver(f"to {MARKER}", f"said {MARKER}", f"for {MARKER}"), view=WorkerView(agrees=False, reason=f"as {MARKER} says"),
)  # fmt: skip
PLACES = 6


def everywhere(laptop: Laptop) -> str:
    """Finish a note, in two versions, that holds the marker in every field that holds words."""
    note_id = laptop.session.encounters.finish_encounter(EVERYWHERE).id
    assert note_id is not None
    laptop.session.encounters.amend_encounter(note_id, replace(EVERYWHERE, gender="woman"), f"not {MARKER}")
    return note_id


def words_of(content: Encounter) -> list[str]:
    call, view, follow = content.hand_over, content.view, content.follow_up
    assert call is not None
    assert view is not None
    assert follow is not None
    return [content.note, follow.what, call.to_whom, call.said, call.without_consent_because, view.reason]


def test_every_field_of_every_version_loses_the_words_and_nothing_else(laptop: Laptop) -> None:
    note_id = everywhere(laptop)
    before = laptop.session.encounters.find_encounter(note_id)
    found = laptop.session.erasing.preview_blank(note_id, MARKER)
    assert (found.places, found.versions, found.health_unseen, found.left) == (2 * PLACES + 2, 2, False, ())
    assert laptop.session.encounters.find_encounter(note_id) == before, "a look changes nothing"
    laptop.session.erasing.blank(note_id, MARKER.upper(), "a name")
    note = laptop.session.encounters.find_encounter(note_id)
    assert (note.state, [row.version for row in note.versions], note.current.reason) == ("blanked", [1, 2, 3], "a name")
    for old, new in zip(before.versions, note.versions, strict=False):
        assert words_of(new.content) == [text.replace(MARKER, BLANK) for text in words_of(old.content)]
        assert replace(new.content, note="", follow_up=None, hand_over=None, view=None) == replace(
            old.content, note="", follow_up=None, hand_over=None, view=None
        )
        assert (new.assessment, new.recorded_at, new.reason) == (old.assessment, old.recorded_at, old.reason.replace(MARKER, BLANK))
    assert note.current.content == note.versions[1].content
    assert [step.state for step in note.sending] == ["finished", "amended", "blanked"]


def test_the_words_are_in_no_file_and_in_no_list_any_more(laptop: Laptop) -> None:
    note_id = everywhere(laptop)
    for number in range(10):
        laptop.finish(f"other {number}")
    laptop.session.keeping.keep_with_reason(note_id, f"for {MARKER}")
    fields = {"note_id": note_id, "content": {"note": f"again {MARKER}", "setting": "street"}, "reason": MARKER}
    laptop.session.drafts.keep_draft("d" * 32, fields, page="encounter", field="note", cursor=5)
    laptop.session.backing_up.backup_now()
    assert len(holding(laptop, MARKER)) == 2
    laptop.session.erasing.blank(note_id, MARKER, f"it named {MARKER}")
    assert holding(laptop, MARKER) == []
    assert laptop.session.search.search(MARKER) == ()
    assert [row.id for row in laptop.session.search.search("call")] == [note_id], "the other words are still found"
    (draft,) = laptop.session.drafts.list_drafts()
    assert draft.fields == {"note_id": note_id, "content": {"note": f"again {BLANK}", "setting": "street"}, "reason": BLANK}
    assert (draft.page, draft.field, draft.cursor) == ("encounter", "note", 5)
    (row,) = laptop.session.encounters.list_encounters(limit=1, offset=10)
    assert (row.id, row.state, row.first_words) == (note_id, "blanked", f"x {BLANK} y")
    assert laptop.session.check() == ()


def test_an_open_to_do_stays_open_without_the_words(laptop: Laptop) -> None:
    note_id = everywhere(laptop)
    laptop.session.erasing.blank(note_id, MARKER, "a name")
    laptop.clock.advance(20 * 86_400)
    (row,) = laptop.session.today.overview().follow_ups_due
    assert (row.encounter_id, row.what) == (note_id, f"call {BLANK}")


def test_a_health_worker_blanks_the_health_part_and_others_are_told_of_it(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    with prepared_health.copy(tmp_path / "vault") as laptop:
        note_id = laptop.finish(f"n {MARKER}", health=HealthBlock(check=True, words=f"h {MARKER}"))
        fields = {"note_id": note_id, "health": {"check": True, "words": MARKER}}
        laptop.session.drafts.keep_draft("d" * 32, fields, page="encounter")
    with prepared_health.open(tmp_path / "vault", health_hidden=True) as laptop:
        assert laptop.session.erasing.preview_blank(note_id, MARKER).health_unseen
        laptop.session.erasing.blank(note_id, MARKER, "a name")
        with pytest.raises(WordsNotFoundError):
            laptop.session.erasing.preview_blank(note_id, MARKER)
    with prepared_health.open(tmp_path / "vault") as laptop:
        assert laptop.session.erasing.preview_blank(note_id, MARKER).places == 3
        laptop.session.erasing.blank(note_id, MARKER, "a name")
        versions = laptop.session.encounters.find_encounter(note_id).versions
        assert {row.content.health for row in versions} == {HealthBlock(check=True, words=f"h {BLANK}")}
        assert laptop.session.drafts.list_drafts()[0].fields["health"]["words"] == BLANK


def test_a_damaged_health_part_is_told_as_one_not_looked_into(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    with prepared_health.copy(tmp_path / "vault") as laptop:
        note_id = laptop.finish(f"n {MARKER}", health=HealthBlock(check=True, words=f"h {MARKER}"))
        with laptop.vault.transaction() as db:
            db.execute("UPDATE encounter_versions SET health = zeroblob(80)")
        found = laptop.session.erasing.preview_blank(note_id, MARKER)
        assert (found.health_unseen, found.places) == (True, 1)


def test_the_centre_is_told_and_gets_the_note_without_the_words(laptop: Laptop, box: CentreBox) -> None:
    note_id = everywhere(laptop)
    at_the_centre(laptop, box)
    erased = laptop.session.erasing.blank(note_id, MARKER, "a name")
    assert [(one.version, one.batch, one.kind) for one in erased.left] == [(2, 1, "note")]
    assert laptop.session.erasing.confirmations()[0].state == "waiting"
    at_the_centre(laptop, box)
    newest, blanking = box.records()[-2:]
    assert isinstance(newest, NoteRecord)
    assert (newest.version, newest.note) == (3, f"x {BLANK} y")
    assert blanking == BlankingRecord(id=erased.id, version=1, worker=laptop.session.worker.id, record=note_id, floor=3)
    (row,) = laptop.session.erasing.confirmations()
    assert (row.kind, row.state, row.left) == ("words", "confirmed", erased.left)


def test_a_sealed_batch_with_the_words_is_given_up(laptop: Laptop, box: CentreBox) -> None:
    note_id = everywhere(laptop)
    laptop.session.sending.seal()
    laptop.session.erasing.blank(note_id, MARKER, "a name")
    at_the_centre(laptop, box)
    assert MARKER.encode() not in b"".join(box.lines())
    assert [type(record) for record in box.records()] == [NoteRecord, VoidRecord, BlankingRecord]


def test_a_coded_note_at_the_centre_needs_no_blanking_there(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish(MARKER)
    at_the_centre(laptop, box)
    assert laptop.session.erasing.blank(note_id, MARKER, "a name").left == ()
    assert laptop.session.erasing.confirmations()[0].state == "nothing_left"
    at_the_centre(laptop, box)
    assert not [record for record in box.records() if isinstance(record, BlankingRecord)]


def test_a_blanked_note_can_be_amended_and_blanked_again(laptop: Laptop) -> None:
    note_id = laptop.finish(f"{MARKER} and Bluetenstaub")
    laptop.session.erasing.blank(note_id, MARKER, "one")
    laptop.session.erasing.blank(note_id, "bluetenstaub", "two")
    laptop.session.encounters.amend_encounter(note_id, met("new words"), "more")
    note = laptop.session.encounters.find_encounter(note_id)
    assert [row.content.note for row in note.versions] == [f"{BLANK} and {BLANK}"] * 3 + ["new words"]
    assert note.state == "amended"


@pytest.mark.parametrize(("part", "error"), [("", NameMissingError), (" a ", NameMissingError), ("not there", WordsNotFoundError)])
def test_what_cannot_be_blanked_changes_nothing(laptop: Laptop, part: str, error: type) -> None:
    note_id = laptop.finish("some words")
    with pytest.raises(error):
        laptop.session.erasing.blank(note_id, part, "r")
    with pytest.raises(NoteNeedsReasonError):
        laptop.session.erasing.blank(note_id, "some", " ")
    assert [row.content.note for row in laptop.session.encounters.find_encounter(note_id).versions] == ["some words"]
    with pytest.raises(NotFoundError):
        laptop.session.erasing.blank("f" * 32, "some", "r")


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("Anna met ANNA", "anna", f"{BLANK} met {BLANK}"), ("Anna\n Maria came", "Anna Maria", f"{BLANK} came"),
        ("เธอชื่อสมหญิงมาจาก", "สมหญิง", f"เธอชื่อ{BLANK}มาจาก"), ("a.c abc", "a.c", f"{BLANK} abc"), ("Øst ØST", "øst", f"{BLANK} {BLANK}"),
        ("張小姐在", "張小姐", f"{BLANK}在"),
    ],
)
def test_words_are_found_whatever_their_case_blanks_and_script(text: str, part: str, expected: str) -> None:
    assert blank_text(text, blanking_pattern(part))[0] == expected


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), part=st.text(min_size=2, max_size=6).filter(lambda part: len(part.split()) > 0))
def test_after_blanking_the_words_stand_nowhere(text: str, part: str) -> None:
    words = " ".join(part.split())
    blanked, count = blank_text(f"{text} {words} {text}", blanking_pattern(part))
    assert count >= 1
    assert words not in blanked or words in BLANK


def test_codes_and_ids_are_never_blanked() -> None:
    tree = {"setting": "street", "note": "on the street", "answers": {"as_01": "told"}, "languages": ["street"]}
    assert blank_fields(tree, blanking_pattern("street")) == ({**tree, "note": f"on the {BLANK}"}, 1)
