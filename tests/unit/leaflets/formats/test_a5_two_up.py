"""Two A5 leaflets on A4: each half is whole, the cut is in the middle, backs lie behind their fronts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.formats.a5_two_up import PAPER
from outreach_app.leaflets.formats.options import Options
from tests.support.leaflet_setting import (
    BOTH_SIDES,
    ink,
    ink_box,
    inside,
    page_sizes,
    set_leaflet,
    text_boxes,
    text_in,
)
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, structure
from tests.unit.leaflets.formats.pages_of_text import placed_lines

ENGLISH = sample_wording("en")
SHORT = replace(sample_wording("en", numbers_first=False), sections=ENGLISH.sections[:1])
LEFT, RIGHT = (0, 0, 148.5, 210), (148.5, 0, 297, 210)
MIDDLE = PAPER[0] / 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_half_is_the_same_page(language):
    pdf = set_leaflet("a5_two_up", sample_wording(language))
    assert page_sizes(pdf) == [(297, 210)] * 2
    for page in (0, 1):
        assert sorted(bare(text_in(pdf, LEFT, page))) == sorted(bare(text_in(pdf, RIGHT, page)))
    assert bare(ENGLISH.draft_mark or "") in bare(text_in(set_leaflet("a5_two_up", ENGLISH), LEFT, 1))


def test_code_can_be_scanned():
    assert codes(set_leaflet("a5_two_up", ENGLISH)) == ["tel:+4570202550"] * 2


def test_nothing_but_the_marks_is_near_the_cut():
    pdf = set_leaflet("a5_two_up", ENGLISH)
    halves = ((11, 6, 137, 202), (159.5, 6, 285.5, 202))
    for page in (0, 1):
        assert all(any(inside(box, half) for half in halves) for box in text_boxes(pdf, page))
        near_cut = ink_box(ink(pdf, page), (143, 0, 154, 210))
        assert near_cut is not None
        assert near_cut[0] == pytest.approx(148.5, abs=0.5)
        assert near_cut[2] == pytest.approx(148.5, abs=0.5)
        assert ink_box(ink(pdf, page), (143, 12, 154, 198)) is None


def test_halves_change_places_on_the_back(monkeypatch):
    def first_lines(options: Options) -> list[float]:
        """Return where each page's first line that is read aloud begins."""
        lines = placed_lines(monkeypatch, "a5_two_up", ENGLISH, options)
        found = [line.x for line in lines if line.text in (ENGLISH.title, ENGLISH.sections[0].plain_heading)]
        return found[::2]

    one_sided, both_sides = first_lines(Options()), first_lines(BOTH_SIDES)
    assert all(x < MIDDLE for x in one_sided)
    assert both_sides[0] < MIDDLE < both_sides[1]


def test_the_cover_is_the_front_and_the_leaflet_begins_on_its_back():
    pdf = set_leaflet("a5_two_up", SHORT, Options(cover=True, duplex=True))
    assert len(page_sizes(pdf)) == 2
    for half in (LEFT, RIGHT):
        assert bare(text_in(pdf, half, 0)) == bare("".join((SHORT.cover.title, *SHORT.cover.lines)))
        assert bare(SHORT.title) in bare(text_in(pdf, half, 1))


@pytest.mark.parametrize("options", [Options(), Options(cover=True, duplex=True)])
def test_a_screen_reader_meets_each_page_once(options):
    pdf = set_leaflet("a5_two_up", ENGLISH, options)
    alone = set_leaflet("a5", ENGLISH, options)
    assert structure(pdf) == structure(alone)
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    assert set_leaflet("a5_two_up", ENGLISH, options) == pdf
