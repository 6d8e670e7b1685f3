"""Which sheets there are, their states, and what damaged or unknown ones give."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from outreach_app.leaflets import catalogue
from outreach_app.leaflets.catalogue import LANGUAGES, lacking, list_sheets
from outreach_app.leaflets.common import common, read_common
from outreach_app.leaflets.content_files import leaflet_file
from outreach_app.leaflets.directory import CONTROLLER, help_lines
from outreach_app.leaflets.errors import (
    SheetDamagedError,
    TranslationMissingError,
    UnknownLanguageError,
    UnknownSheetError,
)
from outreach_app.leaflets.languages import Language, language_of
from outreach_app.leaflets.sheets import (
    FIRST_SHEET,
    SheetName,
    group_names,
    load_sheet,
    read_sheet,
    sheet_ids,
    sheet_names,
    topic_names,
    topic_order,
)
from outreach_app.leaflets.statements import Section, Statement, section_of
from outreach_app.leaflets.states import SheetState, read_states, state_of, worst
from outreach_app.leaflets.texts import is_complete, read_texts, texts_in, translate

DAY = date(2026, 6, 1)
WHOLE_TOPIC = {
    "title": "A title",
    "groups": ["eu", "man"],
    "group_titles": {"eu": "For one group", "man": "For another"},
    "intro": [{"text": "For all.", "advice": True}, {"text": "For men.", "advice": True, "groups": ["man"]}],
    "sections": [
        {"heading": "Men", "groups": ["man"], "statements": [{"text": "One.", "advice": True}]},
        {"heading": "Nothing left", "statements": [{"text": "Two.", "advice": True, "not_groups": ["eu", "man"]}]},
        {"heading": "Places", "places": ["clinic"], "statements": []},
    ],
    "card": {"title": "A card", "lines": [{"text": "Three.", "advice": True}]},
    "pictograms": [{"picture": "doctor", "caption": "A doctor"}],
}


TOPIC = json.dumps(WHOLE_TOPIC).encode()


def topic_for(group=""):
    return read_sheet(TOPIC, SheetName("topic", group), common())


class TestList:
    def test_every_sheet_is_listed_in_every_language(self):
        rows = list_sheets(DAY)
        assert [(row.sheet, row.language) for row in rows] == [(s, code) for s in sheet_ids() for code in LANGUAGES]
        assert {row.state for row in rows} <= {"absent", "draft"}
        english = {row.sheet: row for row in rows if row.language == "en"}
        assert english[FIRST_SHEET].title == "Where to get help"
        assert english[FIRST_SHEET].state == "draft"
        assert (english["rights_eu"].topic, english["rights_eu"].group) == ("rights", "eu")

    def test_what_is_not_written_is_listed_as_absent_under_its_english_title(self, monkeypatch):
        monkeypatch.setattr("outreach_app.leaflets.texts.texts_in", lambda _language: {})
        rows = {(row.sheet, row.language): row for row in list_sheets(DAY)}
        assert rows[FIRST_SHEET, "da"].state == "absent"
        assert rows[FIRST_SHEET, "da"].title == rows[FIRST_SHEET, "en"].title

    def test_a_sheet_that_lacks_an_entry_of_the_directory_says_which(self, monkeypatch):
        entries = tuple(entry for entry in help_lines().entries if entry.kind != CONTROLLER)
        bare = replace(help_lines(), entries=entries)
        monkeypatch.setattr(catalogue, "help_lines", lambda: bare)
        rows = [row for row in list_sheets(DAY) if row.sheet == "your_data"]
        assert {row.state for row in rows} == {"absent"}
        assert {row.lacks for row in rows} == {(CONTROLLER,)}
        assert lacking(load_sheet(FIRST_SHEET), bare) == ()


class TestNames:
    def test_topics_and_groups_have_names_in_the_window_and_in_danish(self):
        assert set(topic_names()) == set(topic_order())
        assert {name.group for name in sheet_names().values()} == {"", *group_names()}
        for names in (*topic_names().values(), *group_names().values()):
            assert all(names[language] for language in ("en", "da"))

    def test_languages_are_called_by_their_own_names(self):
        own = [language.own_name for language in LANGUAGES.values()]
        assert own[:4] == ["Dansk", "English", "ไทย", "Română"]
        assert len(set(own)) == len(own)
        assert [code for code, language in LANGUAGES.items() if language.rtl] == ["ar"]
        assert language_of("pt-BR").locale == "pt_BR"

    def test_unknown_names_are_calm_errors_that_say_what_there_is(self):
        with pytest.raises(UnknownSheetError) as sheet:
            load_sheet("../secrets")
        with pytest.raises(UnknownLanguageError) as language:
            language_of("xx")
        assert FIRST_SHEET in sheet.value.sentence()
        assert "da, en, th" in language.value.sentence()


class TestStates:
    def test_what_nobody_listed_is_a_draft(self):
        assert state_of(FIRST_SHEET, "xx", DAY) == SheetState("draft")
        assert SheetState("draft").needs_mark
        assert SheetState("expired").needs_mark
        assert not SheetState("checked", "A. Checker", "2026-01-01").needs_mark

    def test_a_check_runs_out_after_its_last_day(self):
        state = SheetState("checked", "A. Checker", "2026-01-01", "2026-06-01")
        assert state.on(DAY) is state
        assert state.on(date(2026, 6, 2)).state == "expired"
        assert state.on(date(2026, 6, 2)).needs_mark

    def test_a_draft_that_runs_out_is_both_old_and_unchecked(self):
        old = SheetState("draft", expires_on="2026-05-31").on(DAY)
        assert (old.state, old.unchecked) == ("expired", True)
        assert not SheetState("checked", "A. Checker", "2026-01-01", "2026-05-31").on(DAY).unchecked
        assert SheetState("draft", "A. Checker").unchecked

    @pytest.mark.parametrize(
        ("states", "least"),
        [
            (["checked", "draft"], "draft"), (["draft", "checked"], "draft"), (["draft", "expired"], "expired"),
            (["absent", "expired"], "absent"), (["checked"], "checked"),
        ],
    )  # fmt: skip
    def test_a_print_in_two_languages_is_no_further_than_the_least_of_them(self, states, least):
        assert worst(SheetState(state) for state in states) == least

    @pytest.mark.parametrize(
        "row",
        [
            {"state": "perfect"},
            {"state": "absent"},
            {"state": "checked"},
            {"state": "checked", "checked_by": "A. Checker"},
            {"state": "checked", "checked_by": "A. Checker", "checked_on": "yesterday"},
            {"state": "draft", "expires_on": "soon"},
            {"state": "draft", "checked_by": "A. Checker"},
            {"stat": "draft"},
            3,
        ],
    )
    def test_states_that_claim_too_much_are_refused(self, row):
        with pytest.raises(SheetDamagedError):
            read_states(json.dumps({"sheet": {"da": row}}).encode())

    def test_a_checked_state_says_by_whom_and_when(self):
        row = {"state": "checked", "checked_by": "A. Checker", "checked_on": "2026-01-01", "expires_on": "2027-01-01"}
        assert read_states(json.dumps({"sheet": {"da": row}}).encode())["sheet", "da"] == SheetState(**row)


class TestReading:
    def test_a_group_reads_only_what_is_for_it(self):
        one, other = topic_for("eu"), topic_for("man")
        assert (one.id, one.title) == ("topic_eu", "For one group")
        assert [section.heading for section in one.sections] == ["Places"]
        assert [section.heading for section in other.sections] == ["Men", "Places"]
        assert [statement.text for statement in other.intro] == ["For all.", "For men."]
        assert "For men." not in [statement.text for statement in one.all_statements()]
        assert "A doctor" in list(one.all_texts())

    def test_a_topic_for_everybody_is_called_by_its_title(self):
        assert (topic_for().title, topic_for().id) == ("A title", "topic")

    @pytest.mark.parametrize("content", ["", "{}", "[]", '{"title": 3}', '{"title": "x", "intro": [{"word": "x"}]}'])
    def test_damaged_sheet_is_refused(self, content):
        broken = SheetName("broken", "")
        for read in (lambda data: read_sheet(data, broken, common()), lambda data: read_common(data, "broken")):
            with pytest.raises(SheetDamagedError) as caught:
                read(content.encode())
            assert "broken" in caught.value.sentence()

    def test_absent_file_is_refused(self):
        with pytest.raises(SheetDamagedError) as caught:
            leaflet_file("topics/none.json")
        assert "none" in caught.value.sentence()

    def test_statements_are_for_everybody_or_for_some(self):
        assert Statement("All.").is_for("")
        assert Statement("All.").is_for("man")
        assert not Statement("Some.", groups=("eu",)).is_for("")
        assert not Statement("Not men.", not_groups=("man",)).is_for("man")

    def test_section_keeps_picture_and_places(self):
        row = {"heading": "H", "picture": "place", "places": ["clinic"], "statements": [], "groups": ["eu"]}
        assert section_of(row) == Section("H", (), "place", ("clinic",), ("eu",))

    def test_shared_texts_are_the_same_for_every_sheet(self):
        assert load_sheet(FIRST_SHEET).common is common()
        assert set(common().texts()) < set(load_sheet(FIRST_SHEET).all_texts())


class TestTexts:
    def test_untranslated_text_is_refused_rather_than_printed_in_english(self):
        with pytest.raises(TranslationMissingError):
            translate("A sentence nobody translated.", language_of("th"), sheet=FIRST_SHEET)
        assert not is_complete(("A sentence nobody translated.",), language_of("th"))
        assert is_complete(("A sentence nobody translated.",), language_of("en"))

    def test_broken_catalogue_is_refused(self):
        with pytest.raises(TranslationMissingError):
            read_texts(b"this is no catalogue\n", "da")

    def test_a_language_nobody_has_written_in_has_no_texts(self):
        assert dict(texts_in(Language("qaa", "Nobody's"))) == {}

    def test_a_catalogue_that_cannot_be_read_is_told(self, monkeypatch):
        def refuse(_name):
            raise PermissionError

        monkeypatch.setattr("outreach_app.leaflets.texts.read_content", refuse)
        with pytest.raises(TranslationMissingError):
            texts_in(Language("qab", "Somebody's"))

    def test_a_text_whose_english_has_changed_does_not_count(self):
        file = b'#, fuzzy\nmsgid "Old"\nmsgstr "Gammel"\n\nmsgid "New"\nmsgstr "Ny"\n'
        assert dict(read_texts(file, "da")) == {"New": "Ny"}
