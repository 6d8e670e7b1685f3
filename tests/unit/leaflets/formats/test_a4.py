"""The A4 leaflet: its paper, its order of reading, pictures where reading begins, pages that are never clipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.a4 import A4_SHAPE
from outreach_app.leaflets.formats.options import Options
from tests.support.leaflet_setting import inside, page_sizes, set_leaflet, text_boxes, text_in
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, structure, text_by_pdfium
from tests.unit.leaflets.formats.pages_of_text import (
    assert_golden,
    body_size,
    checked,
    longer,
    picture_places,
    placed_lines,
)

ENGLISH = sample_wording("en")
NUMBERS_LAST = sample_wording("en", numbers_first=False)
FOOT = (0, 0, 210, 24)  # mm


@pytest.mark.parametrize("language", ["en", "ar", "th"])
def test_one_page_holds_it_all_and_nothing_is_at_the_edge(language):
    wording = sample_wording(language)
    pdf = set_leaflet("a4", wording)
    assert page_sizes(pdf) == [(210, 297)]
    assert all(inside(box, (18, 8, 192, 285)) for box in text_boxes(pdf))


def test_code_can_be_scanned():
    assert codes(set_leaflet("a4", ENGLISH)) == ["tel:+4570202550"]


def test_every_word_is_there_in_the_order_of_reading():
    said = bare(text_by_pdfium(set_leaflet("a4", ENGLISH)))
    wanted = [
        ENGLISH.title,
        *ENGLISH.intro,
        ENGLISH.emergency.heading,
        ENGLISH.emergency_number,
        ENGLISH.hotline.heading,
    ]
    wanted += [ENGLISH.hotline_number, ENGLISH.hours.heading, *ENGLISH.hours.plain_lines]
    for words in ENGLISH.sections:
        wanted += [words.heading, *words.plain_lines]
    places = [said.index(bare(text)) for text in wanted]
    assert places == sorted(places)


def test_numbers_stand_together_at_the_end_of_sheets_about_something_else(monkeypatch):
    lines = [line.text for line in placed_lines(monkeypatch, "a4", NUMBERS_LAST)]
    number, danger = lines.index("+45 70 20 25 50"), lines.index("In danger now: 112")
    assert (
        lines.index("You can save the number under another name.") < number < danger < lines.index(ENGLISH.draft_mark)
    )
    assert structure(set_leaflet("a4", NUMBERS_LAST)).count("Figure") == 1


def test_numbers_are_as_large_as_there_is_room(monkeypatch):
    short = replace(NUMBERS_LAST, sections=NUMBERS_LAST.sections[:1])
    roomy = {line.text: line.size for line in placed_lines(monkeypatch, "a4", short)}
    compact = {line.text: line.size for line in placed_lines(monkeypatch, "a4", NUMBERS_LAST)}
    assert roomy["+45 70 20 25 50"] > compact["+45 70 20 25 50"]
    assert roomy["112"] > 2 * 14
    assert "In danger now: 112" not in roomy


def test_pictures_stand_where_reading_begins(monkeypatch):
    left = A4_SHAPE.side
    right = A4_SHAPE.paper[0] - A4_SHAPE.side - A4_SHAPE.picture
    for language, edge in (("en", left), ("ar", right)):
        wording = sample_wording(language, numbers_first=False)
        places = picture_places(monkeypatch, "a4", wording)[: len(wording.sections)]
        assert places == pytest.approx([edge] * len(wording.sections))


def test_words_keep_away_from_pictures(monkeypatch):
    for language in ("en", "ar"):
        lines = placed_lines(monkeypatch, "a4", sample_wording(language, numbers_first=False))
        heading = next(line for line in lines if line.text == sample_wording(language).sections[0].plain_heading)
        if language == "en":
            assert heading.x == pytest.approx(A4_SHAPE.side + 1.3 * A4_SHAPE.picture)
        else:
            assert heading.x < A4_SHAPE.paper[0] - A4_SHAPE.side - 1.3 * A4_SHAPE.picture


def test_a_sheet_without_pictures_leaves_no_room_for_them(monkeypatch):
    plain = replace(NUMBERS_LAST, sections=tuple(replace(words, picture="") for words in NUMBERS_LAST.sections))
    heading = next(line for line in placed_lines(monkeypatch, "a4", plain) if line.text == "A talk with CMM")
    assert heading.x == pytest.approx(A4_SHAPE.side)


class TestSizes:
    """Fourteen points if there is room, twelve at least, and then another page."""

    def test_short_leaflets_are_set_in_fourteen_points(self, monkeypatch):
        assert body_size(monkeypatch, "a4", NUMBERS_LAST) == 14

    def test_longer_ones_get_smaller_before_there_is_a_second_page(self, monkeypatch):
        fuller = replace(ENGLISH, sections=(*ENGLISH.sections, ENGLISH.sections[2]))
        assert 12 <= body_size(monkeypatch, "a4", fuller) < 14
        assert len(page_sizes(set_leaflet("a4", fuller))) == 1

    def test_a_second_page_gives_room_for_larger_type(self, monkeypatch):
        twice = longer(ENGLISH, 2)
        assert len(page_sizes(set_leaflet("a4", twice))) == 2
        assert body_size(monkeypatch, "a4", twice) > 14

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_nothing_is_ever_clipped(self, language):
        wording = longer(sample_wording(language), 6)
        pdf = set_leaflet("a4", wording)
        count = len(page_sizes(pdf))
        assert count >= 3
        assert all(inside(box, (18, 8, 192, 285)) for page in range(count) for box in text_boxes(pdf, page))
        said = sorted(bare(text_by_pdfium(pdf)))
        for letter in sorted(set(bare("".join(words.plain_heading for words in wording.sections)))):
            assert said.count(letter) >= sum(bare(words.plain_heading).count(letter) for words in wording.sections)

    def test_every_page_has_mark_and_number(self):
        pdf = set_leaflet("a4", longer(ENGLISH, 4))
        count = len(page_sizes(pdf))
        for page in range(count):
            foot = bare(text_in(pdf, FOOT, page))
            assert bare(ENGLISH.draft_mark or "") in foot
            assert bare(f"Page {page + 1} of {count}") in foot

    def test_a_section_stays_on_its_page_if_it_can(self):
        pdf = set_leaflet("a4", longer(ENGLISH, 4))
        pages = [bare(text_in(pdf, (0, 0, 210, 297), page)) for page in range(len(page_sizes(pdf)))]
        for words in longer(ENGLISH, 4).sections:
            whole = [page for page in pages if bare(words.heading) in page]
            assert len(whole) == 1
            assert all(bare(line) in whole[0] for line in words.plain_lines)

    def test_a_section_longer_than_a_page_goes_on_on_the_next(self):
        section = replace(ENGLISH.sections[0], plain_lines=tuple(f"Statement number {place}." for place in range(90)))
        pdf = set_leaflet("a4", replace(ENGLISH, sections=(section,)))
        said = bare(text_by_pdfium(pdf))
        assert all(bare(line) in said for line in section.plain_lines)
        last = len(page_sizes(pdf)) - 1
        assert bare(text_in(pdf, (0, 0, 210, 297), last)).count("Statement") >= 2  # none stands alone

    def test_a_statement_longer_than_a_page_is_refused(self):
        section = replace(ENGLISH.sections[0], plain_lines=("words without end " * 500,))
        with pytest.raises(TextDoesNotFitError):
            set_leaflet("a4", replace(ENGLISH, sections=(section,)))

    def test_a_word_wider_than_the_line_is_cut_between_letters(self):
        section = replace(ENGLISH.sections[0], plain_lines=("a" * 120,))
        pdf = set_leaflet("a4", replace(ENGLISH, sections=(section,)))
        assert bare(text_by_pdfium(pdf)).count("a" * 20) >= 5


class TestMarks:
    """A draft says so, a star is explained only where there is one."""

    def test_draft_and_star_are_explained(self):
        foot = bare(text_in(set_leaflet("a4", ENGLISH), FOOT))
        assert all(bare(text) in foot for text in (ENGLISH.draft_mark or "", *ENGLISH.small_print))
        assert "Page" not in foot

    def test_what_is_checked_and_confirmed_has_neither(self):
        said = text_by_pdfium(set_leaflet("a4", checked(ENGLISH)))
        assert "Draft" not in said
        assert "*" not in said
        assert bare(ENGLISH.small_print[1]) in bare(said)

    def test_a_star_on_the_hours_is_explained_even_at_the_end(self):
        hours = replace(ENGLISH.hours, unconfirmed=True)
        said = text_by_pdfium(set_leaflet("a4", replace(checked(NUMBERS_LAST), hours=hours)))
        assert bare(ENGLISH.small_print[0]) in bare(said)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_can_be_read_aloud_and_repeats_to_the_byte(language):
    wording = sample_wording(language)
    pdf = set_leaflet("a4", wording)
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    assert structure(pdf)[:3] == ["Document", "Sect", "H1"]
    assert structure(pdf).count("H2") == len(wording.sections) + 2
    assert structure(pdf).count("L") == len(wording.sections)
    assert set_leaflet("a4", wording) == pdf


def test_both_sides_of_the_paper_are_front_and_back():
    wording = longer(ENGLISH, 2)
    front, back = (set_leaflet("a4", wording, Options(duplex=duplex)) for duplex in (False, True))
    assert front == back  # the pages follow each other anyway


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    assert_golden(monkeypatch, "a4", language)
