"""Statements filled, marked where nothing confirms them, left out where the directory lacks what they need."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from outreach_app.leaflets.common import common
from outreach_app.leaflets.directory import HOTLINE, help_lines
from outreach_app.leaflets.filling import UNCONFIRMED, Filler, Surroundings, Words
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.sheets import Sheet, SheetName, read_sheet
from outreach_app.leaflets.statements import Section, Statement

DAY = date(2026, 6, 1)
SURE, UNSURE = Statement("Sure.", confirmed=True), Statement("Not sure.")
ADVICE = Statement("Take care.", advice=True)


@pytest.fixture
def sheet() -> Sheet:
    row = {
        "title": "T", "intro": [], "sections": [], "card": {"title": "T", "lines": []}, "pictograms": [],
    }  # fmt: skip
    return read_sheet(json.dumps(row).encode(), SheetName("topic", ""), common())


def filler(sheet: Sheet, *, day: date = DAY, confirmed: bool | None = None) -> Filler:
    entries = help_lines().entries
    if confirmed is not None:
        entries = tuple(replace(entry, confirmed=confirmed) for entry in entries)
    return Filler(sheet, language_of("en"), Surroundings(replace(help_lines(), entries=entries), day))


def section(*statements: Statement) -> Section:
    return Section("Heading", statements, picture="talk")


class TestMarks:
    """A star stands where nobody has confirmed, once for a whole section."""

    def test_each_statement_that_is_not_confirmed_has_one(self, sheet):
        words = filler(sheet).section(section(SURE, UNSURE, ADVICE))
        assert words.plain_lines == ("Sure.", "Not sure." + UNCONFIRMED, "Take care.")
        assert words.heading == "Heading"

    def test_the_heading_has_it_if_nothing_below_is_confirmed(self, sheet):
        words = filler(sheet).section(section(UNSURE, ADVICE))
        assert words.heading == "Heading" + UNCONFIRMED
        assert words.plain_lines == ("Not sure.", "Take care.")
        assert words.marked_lines[0].endswith(UNCONFIRMED)
        assert words.picture == "talk"

    def test_advice_claims_nothing(self, sheet):
        assert filler(sheet).section(section(ADVICE)).heading == "Heading"

    def test_an_entry_of_the_directory_confirms_what_rests_on_it(self, sheet):
        said = Statement("Call.", entry=HOTLINE)
        assert filler(sheet, confirmed=True).statement(said) == "Call."
        assert filler(sheet, confirmed=False).statement(said) == "Call." + UNCONFIRMED

    def test_a_number_of_the_law_that_is_not_sure_marks_even_what_is(self, sheet):
        said = Statement("Up to {cap_days} days.", confirmed=True)
        assert not filler(sheet).statement(said).endswith(UNCONFIRMED)
        assert filler(sheet, day=date(2013, 5, 1)).statement(said).endswith(UNCONFIRMED)  # sources do not agree


def test_a_promise_is_said_only_while_the_entry_makes_it(sheet):
    said = Statement("No name needed.", entry="vesterbro", promise="anonymous")
    assert filler(sheet).can_say(said)
    assert not filler(sheet).can_say(replace(said, promise="free"))
    entries = tuple(replace(entry, promises=()) for entry in help_lines().entries)
    silent = Filler(sheet, language_of("en"), Surroundings(replace(help_lines(), entries=entries), DAY))
    assert not silent.can_say(said)
    assert silent.left_out == {}
    assert silent.can_say(replace(said, promise=""))


def test_a_place_is_spoken_of_only_where_it_serves(sheet):
    said = Statement("There is a place.", entry="vesterbro")
    for region, stands in (("", True), ("hovedstaden", True), ("midtjylland", False)):
        there = Filler(sheet, language_of("en"), Surroundings(help_lines(), DAY, region))
        assert (there.can_say(said), there.left_out) == (stands, {})


class TestPlaces:
    """What stands between braces comes from the directory or the law."""

    def test_numbers_are_isolated_and_stay_in_one_piece(self, sheet):
        assert filler(sheet).text("Call {hotline}.") == "Call \u2066+45\u00a070\u00a020\u00a025\u00a050\u2069."
        assert "\u2069\u00a0to\u00a0\u2066" in filler(sheet).text("{weekdays_open} to {weekdays_close}")

    def test_what_cannot_be_filled_is_left_out_and_named(self, sheet):
        made = filler(sheet)
        words = made.section(section(SURE, Statement("Ask {nobody}."), Statement("Go.", entry="nowhere")))
        assert words.plain_lines == ("Sure.",)
        assert tuple(made.left_out) == ("nobody", "nowhere")

    def test_a_section_with_nothing_left_is_left_out(self, sheet):
        assert filler(sheet).sections([section(Statement("Ask {nobody}.")), section(SURE)]) == (
            Words("Heading", ("Sure.",), picture="talk"),
        )
