"""Which sheets there are, their states, and what damaged or unknown ones give."""

from __future__ import annotations

import json

import pytest

from outreach_app.leaflets.catalogue import LANGUAGES, SHEETS, list_sheets
from outreach_app.leaflets.errors import (
    SheetDamagedError,
    TranslationMissingError,
    UnknownLanguageError,
    UnknownSheetError,
)
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.sheets import load_sheet, read_sheet
from outreach_app.leaflets.states import SheetState, read_states, state_of
from outreach_app.leaflets.texts import read_texts, translate


def test_every_sheet_is_listed_in_every_language_as_a_draft():
    rows = list_sheets()
    assert [(row.sheet, row.language) for row in rows] == [(s, code) for s in SHEETS for code in LANGUAGES]
    assert {row.state for row in rows} == {"draft"}
    assert [row.title for row in rows[:2]] == ["Her kan du få hjælp", "Where to get help"]


def test_languages_are_called_by_their_own_names():
    assert [language.own_name for language in LANGUAGES.values()] == ["Dansk", "English", "Română", "ไทย", "العربية"]
    assert [code for code, language in LANGUAGES.items() if language.rtl] == ["ar"]


def test_unknown_names_are_calm_errors_that_say_what_there_is():
    with pytest.raises(UnknownSheetError) as sheet:
        load_sheet("../secrets")
    with pytest.raises(UnknownLanguageError) as language:
        language_of("xx")
    assert SHEETS[0] in sheet.value.sentence()
    assert "da, en, ro, th, ar" in language.value.sentence()


def test_what_nobody_listed_is_a_draft():
    assert state_of("where_to_get_help", "xx") == SheetState("draft")
    assert SheetState("draft").needs_mark
    assert SheetState("expired").needs_mark
    assert not SheetState("checked", "A. Checker", "2026-01-01").needs_mark


@pytest.mark.parametrize(
    "row",
    [{"state": "perfect"}, {"state": "checked"}, {"state": "checked", "checked_by": "A. Checker"}, {"stat": "draft"}, 3],
)
def test_states_that_claim_too_much_are_refused(tmp_path, row):
    path = tmp_path / "states.json"
    path.write_text(json.dumps({"sheet": {"da": row}}), "utf-8")
    with pytest.raises(SheetDamagedError):
        read_states(path)


def test_a_checked_state_says_by_whom_and_when(tmp_path):
    row = {"state": "checked", "checked_by": "A. Checker", "checked_on": "2026-01-01"}
    path = tmp_path / "states.json"
    path.write_text(json.dumps({"sheet": {"da": row}}), "utf-8")
    assert read_states(path)["sheet", "da"] == SheetState(**row)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"title": 3}'])
def test_damaged_sheet_is_refused(tmp_path, content):
    path = tmp_path / "broken.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SheetDamagedError) as caught:
        read_sheet(path)
    assert "broken" in caught.value.sentence()


def test_untranslated_text_is_refused_rather_than_printed_in_english():
    with pytest.raises(TranslationMissingError):
        translate("A sentence nobody translated.", "th", sheet="where_to_get_help")


def test_absent_or_broken_catalogue_is_refused(tmp_path):
    with pytest.raises(TranslationMissingError):
        read_texts(tmp_path / "none.po", "da")
    broken = tmp_path / "broken.po"
    broken.write_text("this is no catalogue\n", "utf-8")
    with pytest.raises(TranslationMissingError):
        read_texts(broken, "da")


def test_a_text_whose_english_has_changed_does_not_count(tmp_path):
    path = tmp_path / "fuzzy.po"
    path.write_text('#, fuzzy\nmsgid "Old"\nmsgstr "Gammel"\n\nmsgid "New"\nmsgstr "Ny"\n', "utf-8")
    assert dict(read_texts(path, "da")) == {"New": "Ny"}
