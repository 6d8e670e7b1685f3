"""Help lines: what is shipped, when they are open, and what a damaged list gives."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, help_lines, is_open, read_directory
from outreach_app.leaflets.errors import DirectoryMissingError

GOOD = {
    "id": "hotline", "number": "1", "weekdays": ["08:30", "16:00"], "weekends": ["09:00", "15:00"],
    "languages": ["da"], "source": "s", "as_of": "2020", "confirmed": False,
}


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
        (2, 8, 29, False), (2, 8, 30, True), (6, 15, 59, True), (6, 16, 0, False),  # Monday and Friday
        (7, 8, 59, False), (7, 9, 0, True), (8, 14, 59, True), (8, 15, 0, False),  # Saturday and Sunday
    ],
)
def test_open_by_the_hours_of_the_day(day, hour, minute, answer):
    assert is_open(help_lines().line(HOTLINE), datetime(2026, 3, day, hour, minute)) is answer


def test_unknown_line_is_a_calm_error():
    with pytest.raises(DirectoryMissingError) as caught:
        help_lines().line("nobody")
    assert "nobody" in caught.value.sentence()


@pytest.mark.parametrize(
    "change",
    [
        {"weekdays": ["16:00", "08:30"]}, {"weekdays": ["8"]}, {"weekends": ["09:00", "25:00"]}, {"weekdays": None},
        {"number": ...}, {"languages": 3},
    ],
)
def test_damaged_list_is_refused(tmp_path, change):
    row = {name: value for name, value in (GOOD | change).items() if value is not ...}
    path = tmp_path / "help_lines.json"
    path.write_text(json.dumps({"lines": [row]}), "utf-8")
    with pytest.raises(DirectoryMissingError):
        read_directory(path)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"lines": [3]}'])
def test_what_is_no_list_is_refused(tmp_path, content):
    path = tmp_path / "help_lines.json"
    path.write_text(content, "utf-8")
    with pytest.raises(DirectoryMissingError):
        read_directory(path)


def test_absent_list_is_refused(tmp_path):
    with pytest.raises(DirectoryMissingError):
        read_directory(tmp_path / "none.json")


def test_a_good_list_is_read(tmp_path):
    path = tmp_path / "help_lines.json"
    path.write_text(json.dumps({"lines": [GOOD]}), "utf-8")
    assert read_directory(path).line("hotline").weekdays.text(".") == ("8.30", "16.00")
