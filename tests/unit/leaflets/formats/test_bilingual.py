"""Two languages side by side: every statement at one height, each language in its own letters and direction."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from outreach_app.errors import BugError
from outreach_app.leaflets.formats.options import Options
from tests.support.leaflet_setting import inside, page_sizes, set_leaflet, text_boxes, text_in
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import (
    INVISIBLE,
    accessibility_faults,
    bare,
    codes,
    font_faults,
    structure,
    text_by_pdfium,
)
from tests.unit.leaflets.formats.pages_of_text import Placed, assert_golden, body_size, checked, longer, placed_lines

PAIRS = [("th", "da"), ("ar", "en"), ("da", "ar"), ("zh-Hans", "en"), ("ro", "da")]


def pair(hers: str, other: str, times: int = 1, *, numbers_first: bool = False):
    """Return her wording and the options that carry the worker's."""
    mine, beside = (sample_wording(language, numbers_first=numbers_first) for language in (hers, other))
    return longer(mine, times), Options(beside=longer(beside, times))


def starts(lines: list[Placed], texts: list[str]) -> list[Placed]:
    """Return the first line of each text, in order."""
    found, place = [], 0
    for text in texts:
        words = INVISIBLE.sub("", text).replace("\u00a0", " ")
        while not words.startswith(lines[place].text):
            place += 1
        found.append(lines[place])
        place += 1
    return found


@pytest.mark.parametrize(("hers", "other"), PAIRS)
class TestPair:
    def test_each_statement_stands_beside_its_counterpart(self, hers, other, monkeypatch):
        wording, options = pair(hers, other)
        lines = placed_lines(monkeypatch, "bilingual", wording, options)
        assert options.beside is not None
        both = [
            starts(lines, [line for words in each.sections for line in words.plain_lines])
            for each in (wording, options.beside)
        ]
        for mine, beside in zip(*both, strict=True):
            assert mine.y == pytest.approx(beside.y, abs=0.5 * mine.size)
            assert mine.size == beside.size

    def test_hers_is_read_first_and_stands_where_her_reading_begins(self, hers, other, monkeypatch):
        wording, options = pair(hers, other)
        lines = placed_lines(monkeypatch, "bilingual", wording, options)
        assert options.beside is not None
        mine, beside = (starts(lines, [each.sections[2].plain_heading])[0] for each in (wording, options.beside))
        assert lines.index(mine) < lines.index(beside)
        assert (mine.x > beside.x) == wording.language.rtl

    def test_nothing_is_at_the_edge_and_both_say_that_they_are_drafts(self, hers, other):
        wording, options = pair(hers, other)
        pdf = set_leaflet("bilingual", wording, options)
        assert options.beside is not None
        for page in range(len(page_sizes(pdf))):
            assert page_sizes(pdf)[page] == (210, 297)
            assert all(inside(box, (13, 8, 197, 287)) for box in text_boxes(pdf, page))
            foot = sorted(bare(text_in(pdf, (0, 0, 210, 40), page)))
            for letter in set(bare((wording.draft_mark or "") + (options.beside.draft_mark or ""))):
                assert letter in foot

    def test_each_language_is_tagged_as_what_it_is(self, hers, other):
        wording, options = pair(hers, other)
        pdf = set_leaflet("bilingual", wording, options)
        assert accessibility_faults(pdf) == []
        assert font_faults(pdf) == []
        with pikepdf.open(io.BytesIO(pdf)) as document:
            spoken = [
                str(each.Lang) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each
            ]
        assert hers in spoken
        assert spoken.count(other) > 10
        assert set(spoken) == {hers, other}


@pytest.mark.parametrize("numbers_first", [True, False])
def test_numbers_and_code_stand_there_once_for_both(numbers_first):
    pdf = set_leaflet("bilingual", *pair("th", "da", numbers_first=numbers_first))
    assert bare(text_by_pdfium(pdf)).count("+4570202550") == 1
    assert structure(pdf).count("Figure") == 1


def test_code_can_be_scanned():
    assert codes(set_leaflet("bilingual", *pair("th", "da", numbers_first=True))) == ["tel:+4570202550"]


def test_both_can_point_at_every_word():
    wording, options = pair("vi", "en")
    said = bare(text_by_pdfium(set_leaflet("bilingual", wording, options)))
    for each in (wording, options.beside):
        assert each is not None
        texts = [each.title, *each.intro, each.hotline.heading, *each.hours.plain_lines]
        texts += [line for words in each.sections for line in (words.heading, *words.plain_lines)]
        assert all(bare(text) in said for text in texts)
        assert bare(each.language.own_name) in said


class TestPages:
    def test_pages_end_between_rows(self, monkeypatch):
        wording, options = pair("ro", "da", 5)
        pdf = set_leaflet("bilingual", wording, options)
        pages = [bare(text_in(pdf, (0, 0, 210, 297), page)) for page in range(len(page_sizes(pdf)))]
        assert len(pages) > 2
        assert options.beside is not None
        for mine, beside in zip(wording.sections, options.beside.sections, strict=True):
            assert [bare(mine.heading) in page for page in pages] == [bare(beside.heading) in page for page in pages]
        assert body_size(monkeypatch, "bilingual", wording, options) >= 11

    def test_pages_are_numbered_in_both_languages(self):
        pdf = set_leaflet("bilingual", *pair("ro", "da", 3))
        count = len(page_sizes(pdf))
        for page in range(count):
            foot = bare(text_in(pdf, (0, 0, 210, 40), page))
            assert bare(f"Pagina {page + 1} din {count}") in foot
            assert bare(f"Side {page + 1} af {count}") in foot

    def test_one_page_has_no_number(self):
        mine, beside = (sample_wording(language, numbers_first=False) for language in ("zh-Hans", "en"))
        short = [replace(each, sections=each.sections[:2]) for each in (mine, beside)]
        pdf = set_leaflet("bilingual", short[0], Options(beside=short[1]))
        assert len(page_sizes(pdf)) == 1
        assert "Page" not in text_by_pdfium(pdf)


def test_marks_are_of_each_language_alone():
    mine, beside = checked(sample_wording("ro")), sample_wording("da")
    said = bare(text_by_pdfium(set_leaflet("bilingual", mine, Options(beside=beside))))
    assert bare(beside.draft_mark or "") in said
    assert bare(sample_wording("ro").draft_mark or "") not in said
    assert bare(mine.small_print[0]) not in said
    assert bare(beside.small_print[0]) in said


def test_it_needs_a_second_language():
    with pytest.raises(BugError):
        set_leaflet("bilingual", sample_wording("th"))


def test_same_words_give_the_same_bytes():
    assert set_leaflet("bilingual", *pair("ar", "da")) == set_leaflet("bilingual", *pair("ar", "da"))


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    other = "en" if language == "da" else "da"
    assert_golden(monkeypatch, "bilingual", language, Options(beside=sample_wording(other)))
