"""The table of languages, sheets, formats and faults: what ``outreach leaflet check`` tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outreach_app.leaflets.checking import TEXTS, CheckRow, Selection, check_leaflets
from outreach_app.leaflets.checks import documents
from outreach_app.leaflets.errors import UnknownFormatError, UnknownLanguageError, UnknownSheetError
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.wording import Words
from tests.support.checked_leaflets import broken, prepared, with_a_font_that_is_not_there
from tests.support.directories import PLACE_ROW, directory_with
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import bare, text_by_pdfium

DAY = date(2026, 6, 1)


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
        monkeypatch.setattr("outreach_app.leaflets.texts.texts_in", lambda _language: {})
        for language, codes in (("da", ("not_written",)), ("hu", ())):
            assert list(rows(languages=(language,)).values()) == [
                CheckRow(language, "health", TEXTS, "absent", codes)
            ]

    def test_the_other_language_may_be_missing(self, monkeypatch):
        known = documents.prepare
        monkeypatch.setattr("outreach_app.leaflets.texts.texts_in", lambda _language: {})
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
