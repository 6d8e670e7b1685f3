"""A leaflet from a request: its words and state, what it refuses, the same bytes for the same request."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from outreach_app.leaflets import making
from outreach_app.leaflets.catalogue import list_sheets
from outreach_app.leaflets.common import common
from outreach_app.leaflets.directory import CONTROLLER, HOTLINE, Directory, help_lines
from outreach_app.leaflets.errors import (
    DirectoryMissingError,
    GlyphMissingError,
    SameLanguageTwiceError,
    SheetLacksEntryError,
    TranslationMissingError,
    UnknownFormatError,
    UnknownLanguageError,
    UnknownSheetError,
)
from outreach_app.leaflets.formats.a4 import set_a4
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.making import Leaflet, make_leaflet, prepare
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import FIRST_SHEET, sheet_ids
from outreach_app.leaflets.states import SheetState
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.lines import MeasuredParagraph
from outreach_app.typesetting.pages import A4
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, text_by_pdfium

DAY = date(2026, 6, 1)


@functools.cache
def leaflet(form: str = "a4") -> Leaflet:
    return make_leaflet(LeafletRequest(FIRST_SHEET, "en", form), DAY)


def with_directory(monkeypatch: pytest.MonkeyPatch, directory: Directory) -> None:
    monkeypatch.setattr(making, "help_lines", lambda: directory)


@pytest.mark.parametrize("form", ["a4", "wallet"])
class TestLeaflet:
    def test_same_request_gives_the_same_bytes(self, form):
        assert make_leaflet(LeafletRequest(FIRST_SHEET, "en", form), DAY).pdf == leaflet(form).pdf

    def test_a_screen_reader_and_any_printer_can_use_it(self, form):
        assert accessibility_faults(leaflet(form).pdf) == []
        assert font_faults(leaflet(form).pdf) == []

    def test_draft_says_so_and_the_file_does_not_say_what_it_is_about(self, form):
        made = leaflet(form)
        assert made.state == "draft"
        assert made.title == "Where to get help"
        with pikepdf.open(io.BytesIO(made.pdf)) as document:
            assert str(document.docinfo["/Title"]) == "Help by phone"
            assert b"traffick" not in document.Root.Metadata.read_bytes().lower()
            assert made.pages == len(document.pages)

    def test_code_calls_the_line(self, form):
        assert set(codes(leaflet(form).pdf)) == {"tel:+4570202550"}


def test_every_sheet_that_lacks_nothing_can_be_made():
    ready = [row.sheet for row in list_sheets(DAY) if row.language == "en" and row.state != "absent"]
    assert len(ready) > len(sheet_ids()) / 2
    assert {make_leaflet(LeafletRequest(sheet, "en"), DAY).pages for sheet in ready} <= {1, 2}


def test_numbers_come_from_the_directory(monkeypatch):
    others = tuple(
        replace(entry, number="+45 11 22 33 44") if entry.id == HOTLINE else entry for entry in help_lines().entries
    )
    with_directory(monkeypatch, replace(help_lines(), entries=others))
    pdf = make_leaflet(LeafletRequest(FIRST_SHEET, "en", "wallet"), DAY).pdf
    assert "+4511223344" in bare(text_by_pdfium(pdf))
    assert codes(pdf)[0] == "tel:+4511223344"


def test_missing_line_is_said_before_printing(monkeypatch):
    with_directory(monkeypatch, replace(help_lines(), entries=()))
    with pytest.raises(DirectoryMissingError) as missing:
        prepare(LeafletRequest(FIRST_SHEET, "en"), DAY)
    assert HOTLINE in missing.value.sentence()


def test_data_sheet_is_refused_without_somebody_to_ask(monkeypatch):
    others = tuple(entry for entry in help_lines().entries if entry.kind != CONTROLLER)
    with_directory(monkeypatch, replace(help_lines(), entries=others))
    with pytest.raises(SheetLacksEntryError) as missing:
        prepare(LeafletRequest("your_data", "en"), DAY)
    assert missing.value.sentence() == (
        "This leaflet is not printed until the centre adds to its list of help and places: "
        "Who is responsible for the data."
    )


def test_unknown_requests_are_calm_errors():
    with pytest.raises(UnknownFormatError) as form:
        make_leaflet(LeafletRequest(FIRST_SHEET, "en", "newspaper"), DAY)
    assert "a4" in form.value.sentence()
    with pytest.raises(UnknownSheetError):
        make_leaflet(LeafletRequest("nothing", "en"), DAY)
    with pytest.raises(UnknownLanguageError):
        make_leaflet(LeafletRequest(FIRST_SHEET, "xx"), DAY)


def test_a_sheet_is_never_mixed_from_two_languages(monkeypatch):
    monkeypatch.setattr("outreach_app.leaflets.texts.texts_in", lambda _language: {})
    with pytest.raises(TranslationMissingError):
        make_leaflet(LeafletRequest(FIRST_SHEET, "da"), DAY)


def test_a_sheet_that_is_absent_is_not_printed_even_if_all_it_would_print_is_translated(monkeypatch):
    monkeypatch.setattr(making, "standing", lambda *_: SheetState("absent"))
    with pytest.raises(TranslationMissingError):
        make_leaflet(LeafletRequest(FIRST_SHEET, "da"), DAY)


def with_states(monkeypatch: pytest.MonkeyPatch, **states: SheetState) -> None:
    monkeypatch.setattr(making, "standing", lambda _sheet, language, *_: states[language.code])


class TestStates:
    """How far a sheet is, on paper and in what is told of it."""

    CHECKED = SheetState("checked", "A. Checker", "2026-05-01")
    OLD = SheetState("expired", "A. Checker", "2020-05-01")
    OLD_DRAFT = SheetState("draft", expires_on="2026-01-01").on(DAY)

    @pytest.mark.parametrize(
        ("hers", "beside", "state"),
        [
            (CHECKED, CHECKED, "checked"), (CHECKED, SheetState("draft"), "draft"),
            (SheetState("draft"), CHECKED, "draft"), (SheetState("draft"), OLD, "expired"), (CHECKED, OLD, "expired"),
        ],
    )  # fmt: skip
    def test_two_languages_are_as_far_as_the_least_of_them(self, monkeypatch, hers, beside, state):
        with_states(monkeypatch, th=hers, da=beside)
        request = LeafletRequest(FIRST_SHEET, "th", "bilingual", beside="da")
        assert prepare(request, DAY).states == (hers, beside)
        assert make_leaflet(request, DAY).state == state

    @pytest.mark.parametrize(
        ("state", "marks"),
        [
            (CHECKED, []), (SheetState("draft"), ["draft"]), (OLD, ["expired"]), (OLD_DRAFT, ["draft", "expired"]),
        ],
    )  # fmt: skip
    def test_the_paper_says_what_is_not_sure(self, monkeypatch, state, marks):
        with_states(monkeypatch, en=state)
        said = prepare(LeafletRequest(FIRST_SHEET, "en"), DAY).wording.draft_mark
        known = common().marks
        assert said == (" ".join(getattr(known, mark) for mark in marks) or None)

    @pytest.mark.parametrize("form", ["wallet", "poster", "z_fold", "pictograms"])
    def test_both_marks_have_room(self, monkeypatch, form):
        with_states(monkeypatch, ru=self.OLD_DRAFT)
        made = make_leaflet(LeafletRequest("prepared_return", "ru", form, duplex=True), DAY)
        assert made.state == "expired"


class TestTitle:
    """What a file and a print queue call it: never more than the paper shows on its outside."""

    @pytest.mark.parametrize(
        ("form", "cover", "name", "part"),
        [
            ("a4", False, "Help by phone", "The police and you"), ("a4", True, "Your health", "Your health"),
            ("a5_two_up", True, "Your health", "Your health"), ("z_fold", False, "Your health", "Your health"),
            ("wallet", False, "Help by phone", "Help by phone"), ("poster", True, "Help by phone", "Help by phone"),
        ],
    )  # fmt: skip
    def test_file_and_part_are_called(self, form, cover, name, part):
        made = make_leaflet(LeafletRequest("police", "en", form, cover=cover), DAY)
        with pikepdf.open(io.BytesIO(made.pdf)) as document:
            assert str(document.docinfo["/Title"]) == name
            assert titles(document) == [part]


def titles(document: pikepdf.Pdf) -> list[str]:
    (top,) = [found for found in document.objects if isinstance(found, pikepdf.Dictionary) and "/T" in found]
    return [str(top["/T"])]


@pytest.mark.parametrize(
    ("region", "partners"),
    [("", set()), ("hovedstaden", {"Reden International", "HopeNow"}), ("syddanmark", {"AmiAmi", "HopeNow"})],
)
def test_partners_stand_on_the_leaflet_of_their_region(region, partners):
    ready = prepare(LeafletRequest(FIRST_SHEET, "en", region=region), DAY)
    lines = [line for section in ready.wording.sections for line in section.plain_lines]
    names = [entry.own_name for entry in help_lines().entries if entry.kind == "partner"]
    assert {name for name in names for line in lines if line.startswith(f"\u2068{name}\u2069")} == partners


class TestOptions:
    """What a request asks for and a format can do."""

    def test_two_languages_are_two(self):
        for beside in ("en", ""):  # without a choice the worker's language is the one the sheets are written in
            with pytest.raises(SameLanguageTwiceError):
                prepare(LeafletRequest(FIRST_SHEET, "en", "bilingual", beside=beside), DAY)

    def test_the_worker_reads_the_same_sheet(self):
        ready = prepare(LeafletRequest(FIRST_SHEET, "en", "bilingual", beside="da"), DAY)
        assert ready.options.beside is not None
        assert ready.options.beside.language.code == "da"
        assert ready.options.beside.sheet == ready.wording.sheet == FIRST_SHEET
        assert ready.wording.language.code == "en"

    def test_cover_and_both_sides_are_only_for_formats_that_know_them(self):
        wanted = {"a4": Options(cover=True, duplex=True), "wallet": Options(duplex=True), "poster": Options()}
        for form, options in wanted.items():
            request = LeafletRequest(FIRST_SHEET, "en", form, cover=True, duplex=True)
            assert prepare(request, DAY).options == options


def test_letter_without_a_glyph_is_refused_by_its_number():
    canvas = TaggedCanvas(title="Sample", language="en", page_size=A4)
    with pytest.raises(GlyphMissingError) as caught:
        set_a4(canvas, replace(sample_wording("en"), title="中"), Options())
    assert "U+4E2D" in caught.value.sentence()


def test_arabic_shows_numbers_in_the_order_they_are_dialled_and_hours_in_the_order_they_are_read():
    faces = (load_face("Vazirmatn-Bold"),)

    def drawn(text: str) -> list[str]:
        measured = MeasuredParagraph(text, faces, language="ar", rtl=True)
        runs = [run.text.strip("\u2066\u2069\u00a0 ") for run in measured.line(0, len(measured.text)).runs]
        return [run for run in runs if run]

    assert drawn(sample_wording("ar").hotline_number) == ["+45\u00a070\u00a020\u00a025\u00a050"]
    hours = drawn(sample_wording("ar").hours.plain_lines[0])
    assert hours.index("16:00") < hours.index("8:30")  # from the right: 8:30 comes first
