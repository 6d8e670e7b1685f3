"""The A5 leaflet: half the paper, on both of its sides before the type becomes small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.formats.a5 import A5_SHAPE
from tests.support.leaflet_setting import inside, page_sizes, set_leaflet, text_boxes, text_in
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, text_by_pdfium
from tests.unit.leaflets.formats.pages_of_text import assert_golden, body_size, longer, picture_places, placed_lines

ENGLISH = sample_wording("en")
NUMBERS_LAST = sample_wording("en", numbers_first=False)


@pytest.mark.parametrize("language", ["en", "ar", "th"])
def test_paper_is_a5_and_nothing_is_at_the_edge(language):
    pdf = set_leaflet("a5", sample_wording(language))
    assert page_sizes(pdf) == [(148, 210)] * 2
    assert all(inside(box, (11, 6, 137, 202)) for page in (0, 1) for box in text_boxes(pdf, page))


def test_code_can_be_scanned():
    assert codes(set_leaflet("a5", ENGLISH)) == ["tel:+4570202550"]


def test_short_leaflets_stay_on_one_side(monkeypatch):
    short = replace(NUMBERS_LAST, sections=NUMBERS_LAST.sections[:1])
    assert page_sizes(set_leaflet("a5", short)) == [(148, 210)]
    assert body_size(monkeypatch, "a5", short) == 14


def test_the_back_is_used_before_type_is_smaller_than_twelve_points(monkeypatch):
    assert body_size(monkeypatch, "a5", ENGLISH) >= 12
    fuller = replace(ENGLISH, sections=(*ENGLISH.sections, *ENGLISH.sections[:1]))
    assert len(page_sizes(set_leaflet("a5", fuller))) == 2
    assert 11 <= body_size(monkeypatch, "a5", fuller) < 14


def test_nothing_is_ever_clipped_and_every_page_is_numbered():
    wording = longer(ENGLISH, 5)
    pdf = set_leaflet("a5", wording)
    count = len(page_sizes(pdf))
    said = bare(text_by_pdfium(pdf))
    assert all(bare(line) in said for words in wording.sections for line in (words.heading, *words.plain_lines))
    for page in range(count):
        assert all(inside(box, (11, 6, 137, 202)) for box in text_boxes(pdf, page))
        assert bare(f"Page {page + 1} of {count}") in bare(text_in(pdf, (0, 0, 148, 22), page))


def test_pictures_stand_where_reading_begins(monkeypatch):
    for language, edge in (("en", A5_SHAPE.side), ("ar", A5_SHAPE.paper[0] - A5_SHAPE.side - A5_SHAPE.picture)):
        places = picture_places(monkeypatch, "a5", sample_wording(language, numbers_first=False))
        assert places[:3] == pytest.approx([edge] * 3)


def test_numbers_stay_together_on_the_last_page():
    pdf = set_leaflet("a5", longer(NUMBERS_LAST, 2))
    pages = [bare(text_in(pdf, (0, 0, 148, 210), page)) for page in range(len(page_sizes(pdf)))]
    with_numbers = ["+4570202550" in page for page in pages]
    assert with_numbers == [page == pages[-1] for page in pages]
    assert "112" in pages[-1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_can_be_read_aloud_and_repeats_to_the_byte(language):
    pdf = set_leaflet("a5", sample_wording(language))
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    assert set_leaflet("a5", sample_wording(language)) == pdf


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    assert_golden(monkeypatch, "a5", language, numbers_first=False)


@pytest.mark.parametrize("caption", ["Отсканируйте", "Scan-" + "a" * 40])
def test_a_long_word_under_the_code_does_not_make_the_page_smaller(caption, monkeypatch):
    wording = replace(NUMBERS_LAST, sections=NUMBERS_LAST.sections[:1], code_caption=caption)
    lines = placed_lines(monkeypatch, "a5", wording)
    assert bare(caption) in bare("".join(line.text for line in lines))
    if caption.isalpha():
        assert [line.size < 0.8 * 14 for line in lines if line.text == caption] == [True]
        assert body_size(monkeypatch, "a5", wording) == 14
