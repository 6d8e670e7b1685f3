"""The shipped directory: the two lines every leaflet prints, the places, and what a damaged installation gives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app import content
from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, PLACES, Directory, current, help_lines, is_open
from outreach_app.leaflets.directory.current import read_plainly, shipped_directory, with_lines
from outreach_app.leaflets.directory.entries import KIND_NAMES, KINDS, LINES
from outreach_app.leaflets.errors import DirectoryMissingError
from outreach_app.wire.code_lists import load_code_lists
from tests.support.content import pack_in_use


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
def test_a_damaged_installation_is_told_calmly(content):
    with pytest.raises(DirectoryMissingError) as caught:
        read_plainly(content.encode())
    assert "directory.json" in caught.value.sentence()


def test_an_absent_directory_is_told_calmly(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "shipped_folder", lambda name: tmp_path / name)
    with pytest.raises(DirectoryMissingError):
        shipped_directory.__wrapped__()


NOBODY = Directory(())


def a_directory(draw):
    """Draw any directory, also one that no reader would let through."""
    lines = [replace(help_lines().line(name), number=draw(st.sampled_from(["", "+45 11 22 33 44"]))) for name in LINES]
    places = list(help_lines().places())
    return Directory(tuple(draw(st.lists(st.sampled_from([*lines, *places]), max_size=5, unique_by=lambda e: e.id))))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_directory_takes_the_help_lines_away(data):
    found = with_lines(drawn := a_directory(data.draw), shipped_directory())
    assert [line.id for line in found.lines] == list(LINES)
    assert all(line.number for line in found.lines)
    for line in drawn.lines:
        assert not line.number or found.line(line.id) == line
    assert set(found.places()) == set(drawn.places())


@pytest.mark.parametrize("written", [b"", b"{}", b"[]", b'{"schema": 1, "version": 9, "published": "2026-01-01", "entries": []}'])
def test_a_directory_of_a_pack_that_cannot_be_read_hides_no_help_line(written):
    with pack_in_use({"directory/directory.json": written}):
        assert help_lines() == shipped_directory()


def test_a_directory_that_lost_its_lines_gets_the_shipped_ones(monkeypatch):
    monkeypatch.setattr(current, "read_plainly", lambda data: NOBODY if data == b"pack" else read_plainly(data))
    with pack_in_use({"directory/directory.json": b"pack"}):
        assert [line.id for line in help_lines().lines] == list(LINES)


def test_the_directory_of_a_pack_is_the_one_in_use():
    rows = json.loads(content.read_shipped_content("directory/directory.json"))
    rows["entries"][0]["number"] = "+45 11 22 33 44"
    with pack_in_use({"directory/directory.json": json.dumps(rows).encode()}):
        assert help_lines().line(HOTLINE).number == "+45 11 22 33 44"
    assert help_lines() == shipped_directory()
