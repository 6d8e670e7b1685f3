"""The poster and its strips: neutral words, a number seen from afar, strips that hold it, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.typesetting.imposition import TEAR_OFFS
from tests.support.leaflet_setting import (
    box_of,
    drawn_lines,
    ink,
    ink_box,
    inside,
    page_sizes,
    set_leaflet,
    text_boxes,
    text_in,
)
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, structure, text_by_pdfium

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "leaflets"
ENGLISH = sample_wording("en")
STRIPS = [box_of(strip) for strip in TEAR_OFFS.frames(rtl=False)]
ABOVE = (0.0, STRIPS[0][3], 210.0, 297.0)


def with_card(**changes):
    return replace(ENGLISH, card=replace(ENGLISH.card, **changes))


@pytest.mark.parametrize("language", ["en", "ar", "th"])
def test_every_strip_holds_the_number_and_the_quiet_words_clear_of_the_cuts(language):
    wording = sample_wording(language)
    pdf = set_leaflet("poster", wording)
    image = ink(pdf)
    assert page_sizes(pdf) == [(210, 297)]
    for strip in STRIPS:
        assert bare("+45 70 20 25 50") in bare(text_in(pdf, strip))
        inner = (strip[0] + 1, 0.0, strip[2] - 1, strip[3] - 1)
        found = ink_box(image, inner)
        assert found is not None
        assert inside(found, (strip[0] + 3, 4, strip[2] - 3, strip[3] - 4))
    above = [box for box in text_boxes(pdf) if box[3] > ABOVE[1]]
    assert all(inside(box, (15, ABOVE[1] + 3, 195, 285)) for box in above)


def test_it_says_the_quiet_title_and_not_that_of_the_sheet():
    text = bare(text_by_pdfium(set_leaflet("poster", replace(ENGLISH, title="Something not to hang up"))))
    assert bare("Something not to hang up") not in text
    assert bare(ENGLISH.card.title) in text
    assert all(bare(line) in text for line in ENGLISH.card.lines)
    assert "112" in text


def test_the_number_is_the_largest_thing_said():
    pdf = set_leaflet("poster", ENGLISH)
    tallest = max((box for box in text_boxes(pdf) if inside(box, ABOVE)), key=lambda box: box[3] - box[1])
    assert "+45" in text_in(pdf, tallest)
    assert tallest[2] - tallest[0] > 130


def test_long_words_are_set_smaller_and_words_that_do_not_fit_are_refused():
    longer = with_card(lines=("These words are rather long for a poster that hangs on a wall.",) * 3)
    above = [box for box in text_boxes(set_leaflet("poster", longer)) if box[3] > ABOVE[1]]
    assert min(box[1] for box in above) > ABOVE[1]
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("poster", with_card(title="long words " * 40))
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("poster", replace(ENGLISH, tear_off="word" * 40))


def test_without_lines_and_pictures_the_number_still_hangs():
    pdf = set_leaflet("poster", replace(with_card(lines=()), pictograms=()))
    assert codes(pdf) == ["tel:+4570202550"]
    assert ink_box(ink(pdf), (80, 200, 130, 290)) is not None


def test_marks_are_there_only_where_they_are_needed():
    assert "Draft" in text_by_pdfium(set_leaflet("poster", ENGLISH))
    hours = replace(ENGLISH.hours, unconfirmed=False)
    checked = text_by_pdfium(set_leaflet("poster", replace(ENGLISH, draft_mark=None, hours=hours)))
    assert "Draft" not in checked
    assert "*" not in checked


def test_it_can_be_scanned_read_aloud_once_and_repeats_to_the_byte():
    pdf = set_leaflet("poster", ENGLISH)
    assert pdf == set_leaflet("poster", ENGLISH)
    assert codes(pdf) == ["tel:+4570202550"]
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    tags = structure(pdf)
    assert tags[:3] == ["Document", "Sect", "H1"]
    assert tags[-2:] == ["P", "P"]  # one strip


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    drawn = drawn_lines(monkeypatch, "poster", sample_wording(language))
    once = drawn[: len(drawn) - 2 * (TEAR_OFFS.strips - 1)]
    assert "\n".join(once) + "\n" == (GOLDEN / f"sample.{language}.poster.txt").read_text("utf-8")
