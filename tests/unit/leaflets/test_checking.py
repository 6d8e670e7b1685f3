"""Each check of a leaflet finds what it is there for, and nothing in a leaflet that is whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from outreach_app.leaflets.checking import TEXTS, CheckRow, Selection, check_leaflets
from outreach_app.leaflets.checks import documents
from outreach_app.leaflets.checks.files import file_faults
from outreach_app.leaflets.checks.listening import Heard, ListeningCanvas
from outreach_app.leaflets.checks.pages import PageReader
from outreach_app.leaflets.checks.words import word_faults
from outreach_app.leaflets.errors import UnknownFormatError, UnknownLanguageError, UnknownSheetError
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.states import SheetState
from outreach_app.leaflets.wording import Words
from outreach_app.typesetting.fonts import Glyph, load_face
from outreach_app.typesetting.lines import MeasuredParagraph, ShapedLine
from outreach_app.typesetting.shaping import ShapedRun
from tests.support.directories import PLACE_ROW, directory_with
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import bare, text_by_pdfium

DAY = date(2026, 6, 1)
SCRIPTS = ("en", "th", "ar", "zh-Hans", "vi", "ru")
Break = Callable[[pikepdf.Pdf], object]


def prepared(form: str = "a4", language: str = "en", **changes) -> PreparedLeaflet:
    """Return the made-up leaflet with some of its words changed."""
    wording = replace(sample_wording(language), **changes)
    beside = sample_wording("da") if form == "bilingual" else None
    request = LeafletRequest("sample", language, form)
    return PreparedLeaflet(request, FORMATS[form], wording, Options(beside), (SheetState("draft"),))


def painting(ready: PreparedLeaflet, **changes) -> PreparedLeaflet:
    """Return ``ready`` so that its format prints other words than it was given."""
    form = ready.form
    return replace(ready, form=replace(
        form, set=lambda canvas, wording, options: form.set(canvas, replace(wording, **changes), options)
    ))  # fmt: skip


def printed(ready: PreparedLeaflet) -> tuple[bytes, Heard]:
    canvas = ListeningCanvas(title="Sample", language=ready.wording.language.code, page_size=ready.form.paper)
    with canvas.listening() as heard:
        ready.paint(canvas)
    return canvas.finished(), heard


def of_words(ready: PreparedLeaflet) -> list[str]:
    return list(word_faults(ready, printed(ready)[1]))


def of_pages(ready: PreparedLeaflet, pdf: bytes, heard: Heard) -> list[str]:
    with PageReader(pdf) as reader:
        return list(reader.faults(ready, heard))


def of_file(pdf: bytes, language: str = "en") -> set[str]:
    return {code for codes in file_faults(pdf, language).values() for code in codes}


def broken(pdf: bytes, change: Break) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", SCRIPTS)
def test_nothing_is_found_where_nothing_is_wrong(form, language):
    ready = prepared(form, language)
    pdf, heard = printed(ready)
    assert list(word_faults(ready, heard)) == of_pages(ready, pdf, heard) == []
    assert of_file(pdf, language) == set()


class TestWords:
    """What is wrong before a file is made of it."""

    def test_a_place_nobody_filled(self):
        assert of_words(prepared(title="Call {hotline}")) == ["place_open"]

    def test_words_the_sheet_does_not_say_and_words_that_are_lost(self):
        assert of_words(painting(prepared(), title="Something else")) == ["foreign_words", "lost_words"]
        assert of_words(painting(prepared(), sections=())) == ["lost_words"]

    @pytest.mark.parametrize("form", ["wallet", "poster", "pictograms"])
    def test_what_small_formats_may_not_leave_out(self, form):
        assert "lost_words" in of_words(painting(prepared(form), hotline_number=sample_wording("en").emergency_number))

    def test_a_letter_without_a_glyph(self):
        ready, line = prepared(), drawn("x", Glyph(0, 0, 0, 0, 500))
        assert "no_glyph" in list(word_faults(ready, Heard(0, 1, [*printed(ready)[1].lines, line])))

    def test_a_mark_that_stands_on_nothing(self):
        circle = load_face("NotoSans-Regular").glyph_of("\u25cc")
        assert circle
        ready, line = prepared(), drawn("\u0301", Glyph(circle, 0, 0, 0, 500))
        assert "dotted_circle" in list(word_faults(ready, Heard(0, 1, [*printed(ready)[1].lines, line])))

    def test_a_number_that_runs_the_wrong_way(self):
        ready = prepared("a4", "ar")
        heard = printed(ready)[1]
        number = ready.wording.hotline_number
        line = shaped(number.strip("\u2066\u2069").replace("\u00a0", " "))  # nothing tells that it runs forward
        assert [run.text for run in line.runs if run.text.isdigit()] == ["50", "25", "20", "70", "45"]
        turned = [line._replace(text=number) if each.text == number else each for each in heard.lines]
        assert turned != heard.lines
        assert list(word_faults(ready, replace(heard, lines=turned))) == ["number_order"]


def shaped(arabic: str) -> ShapedLine:
    measured = MeasuredParagraph(arabic, (load_face("Vazirmatn-Regular"),), language="ar", rtl=True)
    return measured.line(0, len(measured.text))


def drawn(text: str, *glyphs: Glyph) -> ShapedLine:
    return ShapedLine(text, (ShapedRun(load_face("NotoSans-Regular"), text, False, glyphs),), 0.5)


class TestPages:
    """What a viewer, a printer or a telephone would find."""

    def test_paper_of_another_size(self):
        ready = prepared()
        pdf, heard = printed(ready)

        def cut(document: pikepdf.Pdf) -> None:
            document.pages[0].mediabox = [0, 0, 595, 800]

        assert of_pages(ready, broken(pdf, cut), heard) == ["page_size"]

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_text_that_copies_as_something_else(self, language):
        ready = prepared("a4", language)
        pdf, heard = printed(ready)

        def swap(document: pikepdf.Pdf) -> None:
            for font in document.pages[0].resources.Font.values():
                table = font.ToUnicode.read_bytes()
                font.ToUnicode.write(table.replace(b"> <0065>", b"> <0066>").replace(b"> <0645>", b"> <0646>"))

        assert "copied_text" in of_pages(ready, broken(pdf, swap), heard)

    def test_a_code_that_calls_another_number(self):
        ready = prepared()
        pdf, heard = printed(ready)
        other = replace(ready, wording=replace(ready.wording, code_content="tel:+4511223344"))
        assert of_pages(other, pdf, heard) == ["code"]

    def test_a_code_with_something_over_it_and_one_that_is_missing(self):
        ready = prepared("wallet")
        pdf, heard = printed(ready)

        def cover(document: pikepdf.Pdf) -> None:
            document.pages[0].contents_add(b"/Artifact BMC q 1 1 1 rg 0 0 400 842 re f Q EMC")

        assert of_pages(ready, broken(pdf, cover), heard) == ["code"]
        assert of_pages(ready, pdf, replace(heard, figures=[])) == ["code"]


def without_tags(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def without_place_in_the_tree(document: pikepdf.Pdf) -> None:
    del document.pages[0].obj["/StructParents"]


def with_something_untagged(document: pikepdf.Pdf) -> None:
    content = document.pages[0].Contents
    content.write(content.read_bytes() + b"\n0 0 10 10 re f")


def with_a_mark_that_stays_open(document: pikepdf.Pdf) -> None:
    content = document.pages[0].Contents
    content.write(content.read_bytes() + b"\n/Artifact BMC")


def in_another_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = pikepdf.String("da")


def with_a_font_that_is_not_there(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def with_a_font_of_the_printer(document: pikepdf.Pdf) -> None:
    document.pages[0].resources.Font["/F9"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


def with_codes_that_draw_nothing(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].resources.Font.values():
        glyphs = font.DescendantFonts[0].CIDToGIDMap
        glyphs.write(bytes(len(glyphs.read_bytes())))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_tags, "tags"),
        (without_place_in_the_tree, "tags"),
        (with_something_untagged, "tags"),
        (with_a_mark_that_stays_open, "tags"),
        (in_another_language, "language"),
        (with_a_font_that_is_not_there, "font"),
        (with_a_font_of_the_printer, "font"),
        (with_codes_that_draw_nothing, "font"),
    ],
)
def test_a_file_that_is_not_whole(change, code):
    pdf, _heard = printed(prepared())
    assert of_file(broken(pdf, change)) == {code}


def rows(monkeypatch=None, ready: PreparedLeaflet | None = None, **selection) -> dict[str, CheckRow]:
    """Return the rows of one sheet by format; ``ready`` is printed in place of what is asked for."""
    if ready is not None:
        monkeypatch.setattr(documents, "prepare", lambda request, _day: replace(ready, request=request))
    wanted = {"languages": ("en",), "sheets": ("health",), "formats": ("a4",)} | selection
    return {row.format: row for row in check_leaflets(Selection(**wanted), DAY)}


class TestWholeTable:
    """What ``outreach leaflet check`` tells."""

    def test_a_whole_sheet_has_a_row_for_its_texts_and_one_for_each_format(self):
        found = rows(formats=("a4", "wallet"))
        assert list(found) == [TEXTS, "a4", "wallet"]
        assert {(row.language, row.sheet, row.state, row.faults) for row in found.values()} == {
            ("en", "health", "draft", ())
        }

    def test_tells_how_far_it_is(self):
        told: list[tuple[int, int]] = []
        selection = Selection(("en", "da"), ("health", "police"), ("wallet",))
        list(check_leaflets(selection, DAY, tell=lambda done, total: told.append((done, total))))
        assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def test_unknown_things_are_said(self):
        for selection, error in (
            (Selection(languages=("xx",)), UnknownLanguageError),
            (Selection(sheets=("nothing",)), UnknownSheetError),
            (Selection(formats=("newspaper",)), UnknownFormatError),
        ):
            with pytest.raises(error):
                list(check_leaflets(selection, DAY))

    def test_faults_of_one_leaflet_are_told_of_it_alone(self, monkeypatch):
        assert rows(monkeypatch, prepared(title="Call {hotline}"))["a4"].faults == ("place_open",)

    def test_words_that_do_not_fit_and_letters_no_font_has(self, monkeypatch):
        long = sample_wording("en").card
        crowded = prepared("wallet", card=replace(long, emergency="Very much to say. " * 200))
        assert rows(monkeypatch, crowded, formats=("wallet",))["wallet"].faults == ("no_room",)
        assert rows(monkeypatch, prepared(intro=("中",)))["a4"].faults == ("no_glyph",)

    def test_a_page_that_was_begun_is_not_the_next_leaflets(self, monkeypatch):
        def half(canvas, _wording, _options):
            canvas.rect(0, 0, 10, 10)
            raise documents.TextDoesNotFitError

        ready = prepared()
        monkeypatch.setattr(
            documents, "prepare",
            lambda request, _day: replace(ready, form=replace(ready.form, set=half)) if request.sheet == "health"
            else replace(ready, request=request),
        )  # fmt: skip
        monkeypatch.setattr(documents, "_made_again", lambda *_: ())
        found = list(check_leaflets(Selection(("en",), ("health", "police"), ("a4",)), DAY))
        assert {(row.sheet, row.faults) for row in found if row.format == "a4"} == {
            ("health", ("no_room",)), ("police", ())
        }  # fmt: skip

    def test_other_bytes_for_the_same_request(self, monkeypatch):
        made = documents.make_leaflet(LeafletRequest("health", "en"), DAY)
        several = iter([made, replace(made, pdf=made.pdf + b"\n")])
        monkeypatch.setattr(documents, "make_leaflet", lambda *_: next(several))
        assert rows()["a4"].faults == ("not_repeatable",)

    def test_what_an_archive_refuses(self, monkeypatch):
        made = documents.make_leaflet(LeafletRequest("health", "en"), DAY)
        monkeypatch.setattr(
            documents, "make_leaflet", lambda *_: replace(made, pdf=broken(made.pdf, with_a_font_that_is_not_there))
        )
        assert rows()["a4"].faults == ("archive",)

    def test_a_core_language_owes_its_texts_and_a_second_one_does_not(self, monkeypatch):
        monkeypatch.setattr("outreach_app.leaflets.texts.shipped_texts", lambda _language: {})
        for language, codes in (("da", ("not_written",)), ("hu", ())):
            assert list(rows(languages=(language,)).values()) == [
                CheckRow(language, "health", TEXTS, "absent", codes)
            ]

    def test_the_other_language_may_be_missing(self, monkeypatch):
        known = documents.prepare
        monkeypatch.setattr("outreach_app.leaflets.texts.shipped_texts", lambda _language: {})
        assert known
        assert rows(formats=("bilingual",))["bilingual"].faults == ("not_written",)

    @pytest.mark.parametrize("language", ["da", "th", "ar", "zh-Hans"])
    def test_hostile_words_of_the_directory_stand_on_paper_as_they_are(self, monkeypatch, language):
        hostile = PLACE_ROW | {"name": '<b>Lantern</b> <img src="x"> &lt; %s', "address": "javascript:x </para> " + "w" * 60}
        for module in ("making", "checking"):
            monkeypatch.setattr(f"outreach_app.leaflets.{module}.help_lines", lambda: directory_with(hostile))
        found = rows(languages=(language,), sheets=("where_to_get_help",), formats=("a4", "a5", "z_fold", "bilingual"))
        assert [row.faults for row in found.values()] == [()] * 5
        made = documents.make_leaflet(LeafletRequest("where_to_get_help", language), DAY).pdf
        assert bare(hostile["name"]) in bare(text_by_pdfium(made))

    def test_texts_are_linted_as_they_are_said(self, monkeypatch):
        monkeypatch.setattr("outreach_app.leaflets.linting.translate", lambda *_, **__: "Altid åbent!")
        found = rows(languages=("da",))[TEXTS].faults
        assert set(found) == {"shouts", "places"}

    def test_nothing_to_read_where_nothing_could_be_set(self, monkeypatch):
        assert rows(monkeypatch, prepared(sections=(Words("x", ("中",)),)))["a4"].faults == ("no_glyph",)
