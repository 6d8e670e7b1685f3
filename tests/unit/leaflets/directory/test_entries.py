"""Entries: open or closed by the minute, hours in words, regions, and when an entry is too old."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from outreach_app.leaflets.directory import Hours, OpeningHours, is_open
from outreach_app.leaflets.errors import DirectoryMissingError
from tests.support.directories import PLACE_ROW, directory_with

CLINIC = PLACE_ROW | {"id": "clinic_one", "kind": "clinic", "name": "Clinic One", "regions": []}
NEAR = PLACE_ROW | {"id": "clinic_two", "kind": "clinic", "name": "Clinic Two", "regions": ["nordjylland"]}


def lantern(**fields):
    return directory_with(PLACE_ROW | fields).entry("lantern")


@pytest.mark.parametrize(
    ("day", "hour", "minute", "answer"),
    [
        (3, 9, 59, False), (3, 10, 0, True), (3, 14, 0, False), (3, 20, 0, True), (3, 23, 59, True),  # Tuesday
        (4, 0, 0, True), (4, 1, 59, True), (4, 2, 0, False), (4, 12, 0, False),  # the night to Wednesday
        (5, 1, 0, False), (2, 12, 0, False),  # not told
    ],
)  # fmt: skip
def test_a_night_belongs_to_the_evening_it_began(day, hour, minute, answer):
    assert is_open(lantern(), datetime(2026, 3, day, hour, minute)) is answer


def test_sunday_night_runs_into_monday():
    entry = lantern(hours={"weekends": [["22:00", "06:00"]]})
    assert is_open(entry, datetime(2026, 3, 2, 5, 59))
    assert not is_open(entry, datetime(2026, 3, 2, 6, 0))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({}, ""),
        ({"by_appointment": True}, "call first"),
        ({"tuesday": [["10:00", "14:00"], ["20:00", "02:00"]], "by_appointment": True},
         "Tue 10:00–14:00, 20:00–2:00, call first"),
        ({"monday": [["10:00", "14:00"]], "tuesday": [["10:00", "14:00"]], "thursday": [["10:00", "14:00"]]},
         "Mon–Tue 10:00–14:00, Thu 10:00–14:00"),
        ({"weekdays": [["10:00", "14:00"]]}, "Mon–Fri 10:00–14:00"),
        ({"weekdays": [["10:00", "14:00"]], "saturday": []}, "Mon–Fri 10:00–14:00, Sat closed"),
        ({"weekdays": [], "weekends": [["10:00", "24:00"]]},
         "Mon–Fri closed, weekends and public holidays 10:00–24:00"),
        ({"weekends": [["10:00", "14:00"]], "by_appointment": True},
         "weekends and public holidays 10:00–14:00, call first"),
    ],
)  # fmt: skip
def test_hours_in_words(hours, words):
    assert lantern(hours=hours).hours_text == words


def test_hours_in_danish(interface_language):
    interface_language("da")
    assert lantern(hours={"monday": [["10:00", "14:00"]]}).hours_text == "man 10:00–14:00"


def test_open_day_and_night_needs_every_day():
    assert OpeningHours((("weekdays", (Hours(0, 1440),)), ("weekends", (Hours(0, 1440),)))).always
    assert not OpeningHours((("weekdays", (Hours(0, 1440),)),)).always


@pytest.mark.parametrize(
    ("as_of", "last_fresh", "first_stale"),
    [
        ("2025", date(2026, 12, 31), date(2027, 1, 1)),
        ("2025-03", date(2026, 3, 31), date(2026, 4, 1)),
        ("2025-03-15", date(2026, 3, 31), date(2026, 4, 1)),
    ],
)
def test_an_entry_becomes_too_old(as_of, last_fresh, first_stale):
    entry = lantern(as_of=as_of, stale_after_months=12)
    assert not entry.is_stale(last_fresh)
    assert entry.is_stale(first_stale)


def test_112_does_not_age():
    assert not directory_with().line("emergency").is_stale(date(2090, 1, 1))


def test_places_of_the_region_come_before_those_of_the_country():
    directory = directory_with(CLINIC, NEAR, PLACE_ROW)
    assert [place.id for place in directory.places(region="nordjylland")] == ["clinic_two", "clinic_one"]
    assert [place.id for place in directory.places(region="sjaelland")] == ["lantern", "clinic_one"]
    assert [place.id for place in directory.places()] == ["lantern", "clinic_two", "clinic_one"]
    assert [place.id for place in directory.places(("clinic",), "hovedstaden")] == ["clinic_one"]


def test_an_entry_is_found_by_its_id_or_kind():
    directory = directory_with(CLINIC, NEAR)
    assert directory.entry("clinic_two").name == "Clinic Two"
    assert directory.entry("clinic").name == "Clinic One"
    assert (directory.has("clinic"), directory.has("lantern")) == (True, False)
    with pytest.raises(DirectoryMissingError):
        directory.entry("lantern")
