"""Help lines and places in words: by region, open or closed now, how old, how sure, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from outreach_app.leaflets import directory
from outreach_app.wire.code_lists import load_code_lists
from tests.support.directories import PLACE_ROW, directory_with
from ui.models.help_places import HelpRows, read_help_rows
from ui.numbers import numbers_to_call

REGIONS = load_code_lists()["regions"]
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0)
BARE = {name: PLACE_ROW[name] for name in ("id", "kind", "name", "source", "as_of", "confirmed", "stale_after_months")}


@pytest.fixture
def rows(monkeypatch):
    def read(*places, at: datetime = TUESDAY_NOON) -> HelpRows:
        monkeypatch.setattr(directory, "help_lines", lambda: directory_with(*places))
        return read_help_rows(REGIONS, at)

    return read


def lines_of(found: HelpRows) -> list[tuple[str, str]]:
    return list(found.places[0][1][0].lines)


def test_a_line_says_its_hours_and_whether_somebody_answers_now(rows):
    hotline, emergency = rows().lines
    assert (hotline.name, hotline.number) == ("Help line", "+45 11 22 33 44")
    assert hotline.lines == (
        ("Mon–Fri 8:30–16:00, weekends and public holidays 9:00–15:00", ""), ("open now", "calm"),
        ("Danish", "muted"), ("Confirmed, as of 2026-01.", "muted"),
    )  # fmt: skip
    assert emergency.lines == (("day and night", ""),)
    assert ("closed now", "notice") in rows(at=datetime(2026, 3, 3, 17, 0)).lines[0].lines


def test_a_number_the_vault_has_not_vouched_for_is_told_after_the_shipped_one(monkeypatch):
    found = directory_with()
    lines = tuple(replace(line, other_numbers=("+45 99 88 77 66",)) for line in found.lines[:1])
    monkeypatch.setattr(directory, "help_lines", lambda: replace(found, entries=(*lines, *found.entries[1:])))
    hotline = read_help_rows(REGIONS, TUESDAY_NOON).lines[0]
    assert hotline.number == "+45 11 22 33 44"
    words = "The centre's newest texts here say \u2068+45 99 88 77 66\u2069. Unlock to be sure."
    assert hotline.lines[0] == (words, "notice")
    assert numbers_to_call(TUESDAY_NOON).line == "Hotline 11\u00a022\u00a033\u00a044 / 99\u00a088\u00a077\u00a066"


def test_a_place_says_all_that_is_known_in_an_order_to_go_by(rows):
    place = PLACE_ROW | {
        "promises": ["anonymous", "free"], "other_numbers": ["12 34"], "email": "lantern@example.org",
        "web": "example.org", "languages": ["zh-Hans"], "note": "Ring twice",
    }  # fmt: skip
    assert lines_of(rows(place)) == [
        ("Meeting place · no name needed · costs nothing", "muted"),
        ("\u2068Example Street 1, Example Town\u2069", ""), ("\u206812 34\u2069", ""),
        ("\u2068lantern@example.org\u2069", ""), ("\u2068example.org\u2069", ""),
        ("Tue 10:00–14:00, 20:00–2:00, Wed closed, call first", ""), ("open now", "calm"),
        ("Simplified Chinese", "muted"), ("\u2068Ring twice\u2069", "muted"),
        ("Confirmed, as of 2026-01-15.", "muted"),
    ]  # fmt: skip


def test_what_nobody_knows_is_said(rows):
    assert lines_of(rows(BARE | {"confirmed": False})) == [
        ("Meeting place", "muted"),
        ("Not known: address, hours, number. Ask before you send somebody there.", ""),
        ("As of 2026-01-15; not confirmed since.", "notice"),
    ]
    known = lines_of(rows(BARE | {"number": "12", "address": "Example Street 1", "hours": {"by_appointment": True}}))
    assert not any(words.startswith("Not known") for words, _tone in known)
    assert ("call first", "") in known


def test_what_is_too_old_is_said(rows):
    assert lines_of(rows(BARE, at=datetime(2028, 1, 1, 12, 0)))[-1] == (
        "As of 2026-01-15, which is long ago; ask whether it still holds.", "notice",
    )  # fmt: skip


def test_places_stand_under_each_of_their_regions_and_the_country_comes_last(rows):
    found = rows(
        BARE | {"id": "everywhere", "name": "Everywhere"},
        BARE | {"regions": ["syddanmark", "hovedstaden"]},
        BARE | {"id": "nowhere", "name": "In no region we know", "regions": ["atlantis"]},
    ).places
    assert [(region, [row.name.strip("\u2068\u2069") for row in places]) for region, places in found] == [
        ("Capital Region", ["The Lantern"]), ("Southern Denmark", ["The Lantern"]),
        ("Whole country", ["In no region we know", "Everywhere"]),
    ]  # fmt: skip


def test_regions_are_named_in_the_language_of_the_window(rows, interface_language):
    interface_language("da")
    assert rows(BARE | {"regions": ["hovedstaden"]}).places[0][0] == "Region Hovedstaden"
