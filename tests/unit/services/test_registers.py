"""Contacts, places, tallies, drafts, today and printing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.errors import (
    DateNotUsableError,
    NameMissingError,
    NoteNeedsReasonError,
    PlaceCodeTakenError,
    ShortNameTakenError,
    TextNotUsableError,
    TextTooLongError,
    UnknownCodeError,
)
from outreach_app.domain.tally import Tally
from outreach_app.domain.texts import isolated
from outreach_app.errors import KnownError
from outreach_app.records import contacts as contact_records
from outreach_app.records.errors import NotFoundError
from tests.support.sessions import Laptop, PreparedLaptop, met

TURNED = "Anna\u202elav"
FACTS = LinkageFacts("An", "Ek", date(1999, 1, 2))
TALLY = Tally(date(2026, 3, 2), "meeting_place", "hovedstaden", "women", 12, {"ro": 5}, ("talk",))


def test_a_contact_is_found_by_her_short_name_whatever_the_case(laptop: Laptop) -> None:
    verbs = laptop.session.contacts
    made = verbs.record_contact("  Red \n jacket ", provisional=False)
    assert (made.short_name, made.provisional, made.encounters, made.has_identity) == ("Red jacket", False, 0, False)
    assert made.created_at == laptop.clock.now()
    assert verbs.find_contact_by_name(" red  JACKET ") == made
    assert verbs.find_contact(made.id) == made
    assert verbs.find_contact_by_name("\ud800") is None


@pytest.mark.parametrize("name", ["Red jacket", "red jacket ", "RED\tJACKET"])
def test_two_contacts_never_share_a_name(laptop: Laptop, name: str) -> None:
    laptop.session.contacts.record_contact("Red jacket")
    with pytest.raises(ShortNameTakenError):
        laptop.session.contacts.record_contact(name)


@pytest.mark.parametrize(
    ("name", "error"),
    [("", NameMissingError), (" \t\n", NameMissingError), ("a\x00b", TextNotUsableError), ("a\ud800", TextNotUsableError), ("x" * 401, TextTooLongError)],
)  # fmt: skip
def test_a_name_that_cannot_be_kept_is_refused(laptop: Laptop, name: str, error: type[KnownError]) -> None:
    with pytest.raises(error):
        laptop.session.contacts.record_contact(name)
    with pytest.raises(error):
        laptop.session.places.record_place(name, "street")


def test_a_turning_mark_in_a_name_is_kept_and_shown_isolated(laptop: Laptop) -> None:
    made = laptop.session.contacts.record_contact(TURNED)
    assert made.short_name == TURNED
    laptop.finish(contact_id=made.id)
    (row,) = laptop.session.encounters.list_encounters()
    assert isolated(row.contact_name) == f"\u2068{TURNED}\u2069"
    assert [hit.id for hit in laptop.session.search.search("Annalav")] == [row.id]


def test_contacts_are_listed_last_met_first_and_found_by_a_part(laptop: Laptop) -> None:
    ids = {name: laptop.session.contacts.record_contact(name).id for name in ("100 % sure", "A_b", "Axb", "never met")}
    laptop.finish(contact_id=ids["A_b"], met_at=datetime(2026, 3, 9, 20, tzinfo=UTC))
    laptop.finish(contact_id=ids["Axb"], met_at=datetime(2026, 3, 2, 20, tzinfo=UTC))
    listed = [contact.short_name for contact in laptop.session.contacts.list_contacts()]
    assert listed == ["A_b", "Axb", "100 % sure", "never met"]
    for text, found in (("%", ["100 % sure"]), ("_", ["A_b"]), ("a", ["A_b", "Axb"]), ("\\", []), ("\ud800", []), ("x" * 99_999, [])):
        assert [contact.short_name for contact in laptop.session.contacts.list_contacts(text)] == found


def test_identity_needs_a_reason_and_the_last_one_counts(laptop: Laptop) -> None:
    verbs = laptop.session.contacts
    made = verbs.record_contact("Red jacket")
    assert verbs.find_identity(made.id) is None
    for identity, error in ((Identity("Anna", "  "), NoteNeedsReasonError), (Identity(" ", "why"), NameMissingError)):
        with pytest.raises(error):
            verbs.record_identity(made.id, identity)
    verbs.record_identity(made.id, Identity("Anna Eksempel", "first"))
    verbs.record_identity(made.id, Identity(" Anne  Eksempel ", " misheard "))
    assert verbs.find_identity(made.id) == Identity("Anne Eksempel", "misheard")
    assert verbs.find_contact(made.id).has_identity
    with pytest.raises(NotFoundError):
        verbs.record_identity("e" * 32, Identity("Anna", "why"))


def test_linkage_facts_are_kept_as_given_and_must_be_letters_and_a_birth_date(laptop: Laptop) -> None:
    made = laptop.session.contacts.record_contact("Red jacket")
    assert contact_records.find_linkage(laptop.db, made.id) is None
    laptop.session.contacts.record_linkage(made.id, FACTS)
    assert contact_records.find_linkage(laptop.db, made.id) == FACTS
    with pytest.raises(NameMissingError):
        laptop.session.contacts.record_linkage(made.id, replace(FACTS, first_name_start=" "))
    with pytest.raises(DateNotUsableError):
        laptop.session.contacts.record_linkage(made.id, replace(FACTS, born_on=date(9999, 1, 1)))
    with pytest.raises(NotFoundError):
        laptop.session.contacts.record_linkage("e" * 32, FACTS)
    assert contact_records.find_linkage(laptop.db, made.id) == FACTS


def test_places_carry_a_warning_and_can_be_amended(laptop: Laptop) -> None:
    verbs = laptop.session.places
    place = verbs.record_place(" MP-1 ", "meeting_place", "hovedstaden", note="by the square", warning="never alone", revisit_on=date(2026, 3, 1))
    assert verbs.find_place(place.id) == place
    assert (place.code, place.warning) == ("MP-1", "never alone")
    verbs.amend_place(replace(place, code="MP-2", warning=""))
    assert verbs.find_place(place.id).warning == ""
    assert [found.code for found in verbs.list_places("mp")] == ["MP-2"]
    assert [found.code for found in verbs.list_places("SQUARE")] == ["MP-2"]
    assert verbs.list_places("%") == ()
    assert [found.id for found in laptop.session.today.overview().revisit] == [place.id]


def test_a_place_code_is_there_once(laptop: Laptop) -> None:
    verbs = laptop.session.places
    first = verbs.record_place("MP-1", "street")
    second = verbs.record_place("MP-2", "street")
    with pytest.raises(PlaceCodeTakenError, match="mp-1"):
        verbs.record_place("mp-1", "street")
    with pytest.raises(PlaceCodeTakenError):
        verbs.amend_place(replace(second, code="MP-1"))
    verbs.amend_place(replace(first, code="mp-1"))
    with pytest.raises(NotFoundError):
        verbs.amend_place(replace(first, id="e" * 32))
    with pytest.raises(NotFoundError):
        verbs.find_place("e" * 32)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"setting": "moon"}, UnknownCodeError), ({"setting": ""}, UnknownCodeError), ({"region": ""}, UnknownCodeError),
        ({"revisit_on": date(9999, 1, 1)}, DateNotUsableError), ({"warning": "x" * 401}, TextTooLongError),
        ({"note": "\x00"}, TextNotUsableError),
    ],
)  # fmt: skip
def test_a_place_that_could_not_leave_later_is_refused(laptop: Laptop, change: dict[str, Any], error: type[KnownError]) -> None:
    with pytest.raises(error):
        laptop.session.places.record_place(**{"code": "MP-1", "setting": "street", "region": "unknown", **change})
    assert laptop.session.places.list_places() == ()


def test_tallies_of_one_evening_grow_and_others_stand_apart(laptop: Laptop) -> None:
    for tally in (TALLY, replace(TALLY, count=3, leaflets={"th": 1}, help_given=("talk",))):
        laptop.session.tallies.record_tally(tally)
    others = (
        replace(TALLY, group="men"), replace(TALLY, setting="street"), replace(TALLY, region="syddanmark"),
        replace(TALLY, shift_date=date(2026, 3, 3)),
    )  # fmt: skip
    for tally in others:
        laptop.session.tallies.record_tally(tally)
    rows = laptop.session.tallies.list_tallies()
    assert [row.tally.count for row in rows] == [12, 12, 12, 12, 15]
    assert rows[-1].tally.leaflets == {"ro": 5, "th": 1}
    assert [row.tally.count for row in laptop.session.tallies.list_tallies(limit=1)] == [12]


def test_a_tally_that_was_sealed_grows_no_more(laptop: Laptop) -> None:
    laptop.session.tallies.record_tally(TALLY)
    laptop.session.sending.seal()
    laptop.session.tallies.record_tally(TALLY)
    assert [row.tally.count for row in laptop.session.tallies.list_tallies()] == [12, 12]


@pytest.mark.parametrize(
    "change",
    [
        {"setting": ""}, {"setting": "moon"}, {"region": "a street"}, {"group": ""}, {"help_given": ("",)}, {"count": 0},
        {"count": 10_001}, {"leaflets": {"words of hers": 1}}, {"leaflets": {"ro": 0}}, {"shift_date": date(1, 1, 1)},
        {"leaflets": {f"aa-{number:04}": 1 for number in range(101)}}, {"help_given": ("talk",) * 101},
    ],
)  # fmt: skip
def test_a_tally_that_could_not_be_counted_is_refused(laptop: Laptop, change: dict[str, Any]) -> None:
    with pytest.raises(KnownError):
        laptop.session.tallies.record_tally(replace(TALLY, **change))
    assert laptop.session.tallies.list_tallies() == ()


def test_a_draft_is_kept_as_typed_with_page_field_and_cursor(laptop: Laptop) -> None:
    fields = {"note": "half a \ud800letter", "answers": {"\udc00key": ["a", ("b", 1)]}, "age": None, "long": "x" * 1_000_000, "nul": "\x00"}
    laptop.session.drafts.keep_draft("d" * 32, {"note": "first"}, page="encounter")
    laptop.clock.advance(2)
    laptop.session.drafts.keep_draft("d" * 32, fields, page="encounter", field="note", cursor=7)
    (draft,) = laptop.session.drafts.list_drafts()
    assert draft.fields == {**fields, "note": "half a \ufffdletter", "answers": {"\ufffdkey": ["a", ["b", 1]]}}
    assert (draft.page, draft.field, draft.cursor, draft.kept_at) == ("encounter", "note", 7, laptop.clock.now())
    laptop.clock.advance(2)
    laptop.session.drafts.keep_draft("e" * 32, {}, page="encounter")
    assert [draft.id[0] for draft in laptop.session.drafts.list_drafts()] == ["e", "d"]
    laptop.session.drafts.discard_draft("d" * 32)
    assert [draft.id[0] for draft in laptop.session.today.overview().drafts] == ["e"]


def test_health_fields_of_a_draft_are_sealed_and_stay_with_those_who_may_read_them(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    health = {"check": True, "words": "marker-health"}
    with prepared_health.copy(tmp_path / "vault") as laptop:
        laptop.session.drafts.keep_draft("d" * 32, {"note": "x", "health": health}, page="encounter")
        row = laptop.db.execute("SELECT fields, health FROM drafts").fetchone()
        assert "marker" not in row[0]
        assert b"marker" not in row[1]
        assert laptop.session.drafts.list_drafts()[0].fields["health"] == health
        assert laptop.session.today.overview().drafts[0].fields["health"] == health
    with prepared_health.open(tmp_path / "vault", health_hidden=True) as laptop:
        (draft,) = laptop.session.drafts.list_drafts()
        assert (draft.fields, draft.health) == ({"note": "x"}, None)
        laptop.session.drafts.keep_draft("d" * 32, {"note": "y", "health": {"check": False}}, page="encounter")
    with prepared_health.open(tmp_path / "vault") as laptop:
        assert laptop.session.drafts.list_drafts()[0].fields == {"note": "y", "health": health}
        laptop.session.drafts.keep_draft("d" * 32, {"note": "y", "health": None}, page="encounter")
        assert laptop.session.drafts.list_drafts()[0].fields == {"note": "y"}


def test_today_shows_what_is_due_and_what_the_laptop_holds(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    for day, what in ((1, "first"), (2, "today"), (3, "tomorrow")):
        laptop.finish(contact_id=contact.id, follow_up=FollowUp(date(2026, 3, day), what), met_at=datetime(2026, 2, 21, 20, tzinfo=UTC))
    laptop.session.places.record_place("MP-1", "street", revisit_on=date(2026, 3, 3))
    overview = laptop.session.today.overview()
    assert [(row.what, row.contact_name) for row in overview.follow_ups_due] == [("first", "Red jacket"), ("today", "Red jacket")]
    assert (overview.today, overview.revisit, overview.held, overview.oldest_days) == (date(2026, 3, 2), (), 3, 9)
    assert (overview.waiting, overview.last_receipt, overview.enrolled) == (3, None, True)
    laptop.session.follow_ups.close_follow_up(overview.follow_ups_due[0].id)
    laptop.clock.advance(60)
    laptop.session.follow_ups.close_follow_up(overview.follow_ups_due[0].id)
    assert [row.what for row in laptop.session.today.overview().follow_ups_due] == ["today"]
    closed = laptop.db.execute("SELECT closed_at FROM follow_ups WHERE closed_at IS NOT NULL").fetchall()
    assert closed == [("2026-03-02T20:00:00.000000+00:00",)], "the first closing is the one that counts"
    assert laptop.session.follow_ups.reopen_follow_up(overview.follow_ups_due[0].id).follow_ups
    assert laptop.session.today.overview().follow_ups_due == overview.follow_ups_due


def test_a_to_do_of_an_older_version_is_not_opened_again(laptop: Laptop) -> None:
    note_id = laptop.finish(follow_up=FollowUp(date(2026, 3, 1), "call"))
    (old,) = laptop.session.today.overview().follow_ups_due
    laptop.session.encounters.amend_encounter(note_id, met(follow_up=FollowUp(date(2026, 3, 2), "visit")), "moved")
    laptop.session.follow_ups.reopen_follow_up(old.id)
    assert [row.what for row in laptop.session.today.overview().follow_ups_due] == ["visit"]


def test_an_empty_laptop_that_was_never_enrolled(alone: Laptop) -> None:
    overview = alone.session.today.overview()
    assert (overview.held, overview.oldest_days, overview.enrolled, overview.last_receipt) == (0, None, False, None)


def test_a_clock_set_back_makes_no_note_older_than_now(laptop: Laptop) -> None:
    laptop.finish(met_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert laptop.session.today.overview().oldest_days == 0


def test_what_was_printed_is_counted_apart_from_what_was_given(laptop: Laptop) -> None:
    for language, copies in (("th", 10), ("ro", 1), ("th", 2)):
        assert laptop.session.printing.count_printed("where_to_get_help", language, "a4", copies).leaflets
    assert laptop.session.printing.printed_by_language() == {"ro": 1, "th": 12}
    laptop.session.sending.seal()
    assert laptop.session.sending.list_batches() == ()


def test_closing_and_checking_a_session(laptop: Laptop) -> None:
    laptop.session.encounters.finish_encounter(met())
    assert laptop.session.check() == ()
    laptop.session.interrupt()
    laptop.session.close()
    with pytest.raises(KnownError):
        laptop.session.encounters.count_encounters()


def test_of_very_many_to_dos_the_most_urgent_are_read_and_all_are_counted(laptop: Laptop) -> None:
    today = laptop.clock.local_now().date()
    for number in range(103):
        laptop.finish(f"note {number}", follow_up=FollowUp(today, f"ring {number}"))
    found = laptop.session.today.overview()
    assert (len(found.follow_ups_due), found.due) == (7, 103)
    assert found.follow_ups_due[0].what == "ring 0"
