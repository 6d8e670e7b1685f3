"""The centre changes its directory: only what was given, dated, checked, and never without the two numbers."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.leaflets.directory.editing import USUAL_MONTHS, remove_entry, set_entry
from outreach_app.leaflets.directory.errors import DirectoryFieldError, EntryProtectedError, EntryUnknownError
from tests.support.directories import PLACE_ROW, directory_with

DAY = date(2026, 5, 4)
KNOWN = {"regions": {"sjaelland"}.__contains__, "languages": {"da", "th"}.__contains__}
BEFORE = directory_with(PLACE_ROW)


def test_a_change_is_dated_and_not_confirmed_until_somebody_says_so():
    edited = set_entry(BEFORE, {"id": "lantern", "address": "Example Street 2"}, DAY, KNOWN)
    entry = edited.directory.entry("lantern")
    assert (entry.address, entry.as_of, entry.confirmed) == ("Example Street 2", "2026-05-04", False)
    assert (entry.name, entry.number, entry.hours) == ("The Lantern", "+45 12 34 56 78", BEFORE.entry("lantern").hours)
    assert edited.changed == ("address", "as_of", "confirmed")
    assert (edited.directory.version, edited.directory.published) == (4, "2026-05-04")


def test_date_and_confirmation_can_be_given():
    fields = {"id": "lantern", "note": "Ring twice", "as_of": "2026-04", "confirmed": True}
    edited = set_entry(BEFORE, fields, DAY, KNOWN)
    assert (edited.entry, edited.changed) == ("lantern", ("note", "as_of"))


def test_confirming_alone_dates_it_today():
    edited = set_entry(BEFORE, {"id": "lantern", "confirmed": True}, DAY, KNOWN)
    assert (edited.changed, edited.directory.entry("lantern").as_of) == (("as_of",), "2026-05-04")


@pytest.mark.parametrize("fields", [{}, {"name": "The Lantern"}, {"languages": [], "email": ""}])
def test_what_changes_nothing_makes_no_version(fields):
    edited = set_entry(BEFORE, {"id": "lantern", **fields}, DAY, KNOWN)
    assert (edited.directory, edited.changed) == (BEFORE, ())


def test_a_field_is_emptied():
    edited = set_entry(BEFORE, {"id": "lantern", "number": "", "hours": {}}, DAY, KNOWN)
    entry = edited.directory.entry("lantern")
    assert (entry.number, entry.hours.known) == ("", False)


def test_a_new_entry_comes_last_and_ages_after_a_year():
    fields = {"id": "office", "kind": "controller", "name": "The Office", "source": "The centre itself"}
    edited = set_entry(BEFORE, fields, DAY, KNOWN)
    assert edited.directory.entries[-1].id == "office"
    assert edited.directory.entry("controller").stale_after_months == USUAL_MONTHS
    assert edited.changed == ("id", "kind", "name", "source", "as_of", "confirmed", "stale_after_months")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id": "lantern", "name": "x" * 81}, "name"), ({"id": "lantern", "regions": ["atlantis"]}, "regions"),
        ({"id": "lantern", "languages": ["xx"]}, "languages"), ({"id": "lantern", "shoe_size": 3}, "shoe_size"),
        ({"id": "office", "kind": "controller", "source": "s"}, "name"), ({"name": "nobody"}, "id"),
        ({"id": "emergency", "number": "113"}, "number"), ({"id": "hotline", "kind": "partner", "name": "x"}, "id"),
        ({"id": ["lantern"], "kind": "partner", "source": "s"}, "id"),
    ],
)  # fmt: skip
def test_a_wrong_field_changes_nothing_and_is_named(fields, field):
    with pytest.raises(DirectoryFieldError) as caught:
        set_entry(BEFORE, fields, DAY, KNOWN)
    assert caught.value.values["field"] == field


def test_an_entry_is_taken_away():
    edited = remove_entry(BEFORE, "lantern", DAY)
    assert (edited.directory, edited.directory.version) == (remove_entry(BEFORE, "lantern", DAY).directory, 4)
    assert [entry.id for entry in edited.directory.entries] == ["hotline", "emergency"]
    assert "name" in edited.changed


@pytest.mark.parametrize("line", ["hotline", "emergency"])
def test_the_two_numbers_stay(line):
    with pytest.raises(EntryProtectedError) as caught:
        remove_entry(BEFORE, line, DAY)
    assert line in caught.value.sentence()


def test_an_unknown_entry_is_told_with_those_there_are():
    with pytest.raises(EntryUnknownError) as caught:
        remove_entry(BEFORE, "nobody", DAY)
    assert "hotline, emergency, lantern" in caught.value.sentence()
