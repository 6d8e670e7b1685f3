"""Large print: at least eighteen points, black on white, as many pages as it takes."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.look import CALM, STRONG
from tests.support.leaflet_setting import ink, inside, page_sizes, set_leaflet, text_boxes, text_in
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, text_by_pdfium
from tests.unit.leaflets.formats.pages_of_text import assert_golden, body_size, longer, placed_lines

ENGLISH = sample_wording("en")
PAPER_WHITE = 255


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_type_is_large_and_nothing_is_at_the_edge(language, monkeypatch):
    wording = sample_wording(language)
    pdf = set_leaflet("large_print", wording)
    assert set(page_sizes(pdf)) == {(210, 297)}
    assert body_size(monkeypatch, "large_print", wording) >= 18
    assert min(line.size for line in placed_lines(monkeypatch, "large_print", wording)) >= 14
    pages = range(len(page_sizes(pdf)))
    assert all(inside(box, (16, 8, 194, 285)) for page in pages for box in text_boxes(pdf, page))


def test_code_can_be_scanned():
    assert codes(set_leaflet("large_print", ENGLISH)) == ["tel:+4570202550"]


def test_nothing_is_ever_clipped():
    wording = longer(ENGLISH, 3)
    pdf = set_leaflet("large_print", wording)
    said = bare(text_by_pdfium(pdf))
    assert all(bare(line) in said for words in wording.sections for line in (words.heading, *words.plain_lines))
    count = len(page_sizes(pdf))
    for page in range(count):
        foot = bare(text_in(pdf, (0, 0, 210, 40), page))
        assert bare(ENGLISH.draft_mark or "") in foot
        assert bare(f"Page {page + 1} of {count}") in foot


def test_no_ground_lies_behind_words():
    white = ink(set_leaflet("large_print", ENGLISH)).histogram()[PAPER_WHITE]
    tinted = ink(set_leaflet("a4", ENGLISH)).histogram()[PAPER_WHITE]
    assert white > 0.85 * 840 * 1188 > tinted


def test_every_colour_of_words_stands_out_from_white():
    for palette, least in ((STRONG, 7.0), (CALM, 4.5)):
        for colour in (palette.ink, palette.muted, palette.accent, palette.urgent):
            grounds = (palette.calm_panel.fill, palette.urgent_panel.fill, (1.0, 1.0, 1.0))
            assert all(_contrast(colour, ground) >= least for ground in grounds)


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_can_be_read_aloud_and_repeats_to_the_byte(language):
    pdf = set_leaflet("large_print", sample_wording(language))
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    assert set_leaflet("large_print", sample_wording(language)) == pdf


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    assert_golden(monkeypatch, "large_print", language, numbers_first=False)
