"""The shipped directory: the two lines every leaflet prints, the places, and what a damaged installation gives."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, PLACES, help_lines, is_open
from outreach_app.leaflets.directory.current import shipped_directory
from outreach_app.leaflets.directory.entries import KIND_NAMES, KINDS
from outreach_app.leaflets.errors import DirectoryMissingError
from outreach_app.wire.code_lists import load_code_lists


def test_hotline_and_its_hours():
    line = help_lines().line(HOTLINE)
    assert (line.number, line.dialled) == ("+45 70 20 25 50", "+4570202550")
    assert line.hours_text == "Mon–Fri 8:30–16:00, weekends and public holidays 9:00–15:00"
    assert (line.name, line.languages, line.confirmed, line.always_open) == ("Help line", ("da", "en"), False, False)
    assert line.source
    assert line.as_of


def test_emergency_is_always_open():
    line = help_lines().line(EMERGENCY)
    assert (line.number, line.hours_text, line.name) == ("112", "day and night", "Emergency")
    assert is_open(line, datetime(2026, 3, 1, 0, 0))
    assert is_open(line, datetime(2026, 3, 1, 23, 59))


@pytest.mark.parametrize(
    ("day", "hour", "minute", "answer"),
    [
        (2, 8, 29, False),
        (2, 8, 30, True),
        (6, 15, 59, True),
        (6, 16, 0, False),  # Monday and Friday
        (7, 8, 59, False),
        (7, 9, 0, True),
        (8, 14, 59, True),
        (8, 15, 0, False),  # Saturday and Sunday
    ],
)
def test_open_by_the_hours_of_the_day(day, hour, minute, answer):
    assert is_open(help_lines().line(HOTLINE), datetime(2026, 3, day, hour, minute)) is answer


def test_no_address_or_number_of_a_place_is_made_up():
    places = help_lines().places()
    assert {place.kind for place in places} == set(PLACES)
    for place in places:
        assert (place.address, place.number, place.hours.known, place.confirmed) == ("", "", False, False)
        assert (place.own_name, place.source, place.as_of) != ("", "", "")


def test_regions_are_those_of_the_code_list():
    regions = load_code_lists()["regions"]
    assert all(regions.has(region) for entry in help_lines().entries for region in entry.regions)


def test_only_a_named_service_is_promised_to_be_anonymous_and_none_to_be_free():
    promised = {entry.id: entry.promises for entry in help_lines().entries if entry.promises}
    assert promised == {"vesterbro": ("anonymous",)}


def test_nobody_answers_for_the_data_until_the_centre_names_somebody():
    assert not help_lines().has("controller")


def test_every_kind_has_a_name():
    assert set(KIND_NAMES) == set(KINDS)


def test_unknown_line_is_a_calm_error():
    with pytest.raises(DirectoryMissingError) as caught:
        help_lines().line("nobody")
    assert "nobody" in caught.value.sentence()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": 1, "entries": [3]}', json.dumps({"schema": 2})])
def test_a_damaged_installation_is_told_calmly(tmp_path, content):
    path = tmp_path / "directory.json"
    path.write_text(content, "utf-8")
    with pytest.raises(DirectoryMissingError) as caught:
        shipped_directory(path)
    assert "directory.json" in caught.value.sentence()


def test_an_absent_directory_is_told_calmly(tmp_path):
    with pytest.raises(DirectoryMissingError):
        shipped_directory(tmp_path / "none.json")
