"""Every sheet in every language and format: complete letters, right order, scannable, tagged, repeatable."""

from __future__ import annotations

import functools
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from outreach_app.leaflets.a4 import set_a4
from outreach_app.leaflets.catalogue import LANGUAGES, SHEETS
from outreach_app.leaflets.directory import HOTLINE, Directory, help_lines
from outreach_app.leaflets.errors import (
    DirectoryMissingError,
    GlyphMissingError,
    TextDoesNotFitError,
    UnknownFormatError,
    UnknownLanguageError,
    UnknownSheetError,
)
from outreach_app.leaflets.making import FORMATS, Leaflet, make_leaflet
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.states import SheetState
from outreach_app.leaflets.wallet import set_wallet
from outreach_app.leaflets.wording import Wording, word
from outreach_app.typesetting import paragraphs
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.lines import MeasuredParagraph, ShapedLine
from outreach_app.typesetting.operators import text_operators
from tests.support.pdf_reading import (
    INVISIBLE,
    accessibility_faults,
    alternatives,
    bare,
    codes,
    font_faults,
    structure,
    text_by_pdfium,
    text_by_pypdf,
)

EVERY = [(sheet, language, form) for sheet in SHEETS for language in LANGUAGES for form in FORMATS]
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "leaflets"
A4_POINTS = (595.2756, 841.8898)
DRAFT = SheetState("draft")


@functools.cache
def leaflet(sheet: str, language: str, form: str) -> Leaflet:
    return make_leaflet(sheet, language, form)


def wording(language: str, state: SheetState = DRAFT, directory: Directory | None = None) -> Wording:
    return word(load_sheet(SHEETS[0]), LANGUAGES[language], state, directory or help_lines())


def printed(sheet: str, language: str, form: str) -> list[str]:
    """Return what must stand on the page, in reading order."""
    said = wording(language)
    if form == "wallet":
        card = [said.card_title, said.hotline_number, *said.hours.marked_lines, said.card_emergency, said.code_caption]
        return [*card, said.draft_mark or "", "·".join(said.small_print)] * 10
    groups = [said.emergency, said.hotline, said.hours, *said.sections]
    lines = {id(group): [group.heading, *group.plain_lines] for group in groups}
    lines[id(said.emergency)].append(said.emergency_number)
    lines[id(said.hotline)][1:1] = [said.hotline_number]
    lines[id(said.hotline)].append(said.code_caption)
    words = [line for group in groups for line in lines[id(group)]]
    return [said.title, *said.intro, *words, said.draft_mark or "", "·".join(said.small_print)]


def drawn_lines(monkeypatch, sheet: str, language: str, form: str) -> list[str]:
    """Return the lines of a leaflet in the order they are drawn, in reading order, without bullets."""
    lines: list[str] = []

    def listening(line: ShapedLine, **place) -> str:
        lines.append(INVISIBLE.sub("", line.text).replace("\u00a0", " "))
        return text_operators(line, **place)

    monkeypatch.setattr(paragraphs, "text_operators", listening)
    make_leaflet(sheet, language, form)
    return [line for line in lines if line != "•"]


@pytest.mark.parametrize(("sheet", "language", "form"), EVERY)
class TestEveryLeaflet:
    def test_text_read_back_is_the_text_put_in(self, sheet, language, form):
        made, expected = leaflet(sheet, language, form), bare("".join(printed(sheet, language, form)))
        for found in (bare(text_by_pdfium(made.pdf)), bare(text_by_pypdf(made.pdf))):
            if language == "ar":  # no reader gives Arabic back in order; not a letter may be lost
                assert Counter(found) == Counter(expected)
            else:
                assert sorted(found) == sorted(expected)
                assert all(bare(line) in found for line in printed(sheet, language, form))

    def test_every_letter_has_a_glyph_and_no_mark_hangs_in_the_air(self, sheet, language, form):
        for weight in ("Regular", "Bold"):
            faces = tuple(load_face(f"{family}-{weight}") for family in (LANGUAGES[language].family, "NotoSans"))
            for text in printed(sheet, language, form):
                measured = MeasuredParagraph(text, faces, language=language, rtl=LANGUAGES[language].rtl)
                for run in measured.line(0, len(measured.text)).runs:
                    numbers = {glyph.number for glyph in run.glyphs}
                    assert numbers.isdisjoint({0, run.face.glyph_of("\u25cc")})

    def test_code_calls_the_line_on_every_copy(self, sheet, language, form):
        copies = 10 if form == "wallet" else 1
        assert codes(leaflet(sheet, language, form).pdf) == ["tel:+4570202550"] * copies

    def test_pages_are_a4(self, sheet, language, form):
        made = leaflet(sheet, language, form)
        with pikepdf.open(io.BytesIO(made.pdf)) as document:
            assert len(document.pages) == made.pages == 1
            for page in document.pages:
                box = [float(side) for side in page.mediabox]
                assert box[:2] == [0, 0]
                assert tuple(box[2:]) == pytest.approx(A4_POINTS, abs=0.01)

    def test_fonts_travel_with_the_file(self, sheet, language, form):
        assert font_faults(leaflet(sheet, language, form).pdf) == []

    def test_screen_reader_can_read_it(self, sheet, language, form):
        pdf = leaflet(sheet, language, form).pdf
        assert accessibility_faults(pdf) == []
        assert structure(pdf)[:2] == ["Document", "H1"]
        assert "+45" in alternatives(pdf)[0]
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert str(document.Root.Lang) == language

    def test_same_request_gives_the_same_bytes(self, sheet, language, form):
        assert make_leaflet(sheet, language, form).pdf == leaflet(sheet, language, form).pdf

    def test_draft_says_so_and_the_file_does_not_say_what_it_is_about(self, sheet, language, form):
        made = leaflet(sheet, language, form)
        assert made.state == "draft"
        assert made.title == wording(language).title
        with pikepdf.open(io.BytesIO(made.pdf)) as document:
            assert str(document.docinfo["/Title"]) in (wording(language).title, wording(language).card_title)
            assert b"traffick" not in document.Root.Metadata.read_bytes().lower()

    def test_lines_end_where_they_ended_when_a_person_looked(self, sheet, language, form, monkeypatch):
        drawn = drawn_lines(monkeypatch, sheet, language, form)
        once = drawn[: len(drawn) // 10] if form == "wallet" else drawn
        expected = (GOLDEN / f"{sheet}.{language}.{form}.txt").read_text("utf-8")
        assert "\n".join(once) + "\n" == expected


def test_arabic_shows_numbers_in_the_order_they_are_dialled_and_hours_in_the_order_they_are_read():
    faces = (load_face("Vazirmatn-Bold"),)

    def drawn(text: str) -> list[str]:
        measured = MeasuredParagraph(text, faces, language="ar", rtl=True)
        runs = [run.text.strip("\u2066\u2069\u00a0 ") for run in measured.line(0, len(measured.text)).runs]
        return [run for run in runs if run]

    assert drawn(wording("ar").hotline_number) == ["+45\u00a070\u00a020\u00a025\u00a050"]
    hours = drawn(wording("ar").hours.plain_lines[0])
    assert hours.index("16:00") < hours.index("8:30")  # from the right: 8:30 comes first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_filled(language):
    for text in (*printed(SHEETS[0], language, "a4"), *printed(SHEETS[0], language, "wallet")):
        assert "{" not in text
        assert "}" not in text


def test_a_checked_sheet_prints_no_draft_mark():
    said = wording("en", SheetState("checked", "A. Checker", "2026-01-01"))
    assert said.draft_mark is None
    for setter in (set_a4, set_wallet):
        assert "Draft" not in text_by_pdfium(setter(said)[0])


def test_a_confirmed_line_loses_its_star():
    lines = tuple(replace(line, confirmed=True) for line in help_lines().lines)
    assert wording("en").hours.heading.endswith("*")
    assert not wording("en", directory=Directory(lines)).hours.heading.endswith("*")


def test_hours_and_numbers_come_from_the_directory():
    lines = tuple(replace(line, number="+45 11 22 33 44") if line.id == HOTLINE else line for line in help_lines().lines)
    pdf = set_wallet(wording("da", directory=Directory(lines)))[0]
    assert "+4511223344" in bare(text_by_pdfium(pdf))
    assert codes(pdf)[0] == "tel:+4511223344"


def test_missing_line_is_said_before_printing():
    with pytest.raises(DirectoryMissingError):
        wording("da", directory=Directory(()))


def test_longer_texts_get_smaller_then_a_second_page_then_an_error():
    said = wording("en")
    section = said.sections[0]
    longer = replace(said, sections=(*said.sections, replace(section, plain_lines=section.plain_lines[:1])))
    assert set_a4(longer)[1] == 1
    much_longer = replace(said, sections=said.sections * 2)
    pdf, pages = set_a4(much_longer)
    assert pages == 2
    assert bare(text_by_pdfium(pdf)).count(bare(said.draft_mark or "")) == 2
    with pytest.raises(TextDoesNotFitError):
        set_a4(replace(said, sections=(replace(section, plain_lines=section.plain_lines * 40),)))
    with pytest.raises(TextDoesNotFitError):
        set_wallet(replace(said, card_title="long words " * 80))


def test_letter_without_a_glyph_is_refused_by_its_number():
    with pytest.raises(GlyphMissingError) as caught:
        set_a4(replace(wording("en"), title="中"))
    assert "U+4E2D" in caught.value.sentence()


def test_unknown_requests_are_calm_errors():
    with pytest.raises(UnknownFormatError) as form:
        make_leaflet(SHEETS[0], "en", "poster")
    assert "a4, wallet" in form.value.sentence()
    with pytest.raises(UnknownSheetError):
        make_leaflet("nothing", "en", "a4")
    with pytest.raises(UnknownLanguageError):
        make_leaflet(SHEETS[0], "xx", "a4")
