"""Figures as files: what a number is called, cells no spreadsheet runs, and papers that say what they must."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from outreach_app.domain.figure_words import with_unit
from outreach_app.domain.figures import Figure, Figures, days_or_weeks, figure, for_outside, week_of
from outreach_app.i18n import use_language
from outreach_app.program import Program
from outreach_app.reports.figure_files import KINDS, file_name, make_file
from outreach_app.reports.figure_lines import FigureWords, about_words, days_words, number_words
from outreach_app.reports.table_cells import harmless
from tests.support.pdf_reading import bare, structure, text_by_pdfium

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
FORMULA = '=HYPERLINK("//example.invalid","x")'


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> FigureWords:
    program = Program(tmp_path_factory.mktemp("none"))
    return FigureWords(program.code_lists, program.catalogues)


def week(*figures: Figure) -> Figures:
    return Figures(MONDAY, SUNDAY, date(2026, 3, 9), figures)


def some(words: FigureWords) -> Figures:
    kind, parts = days_or_weeks(MONDAY, SUNDAY)
    sign = next(iter(words.catalogues["adult_sexual"].by_id())).partition(".")[2]
    return week(
        figure("encounters", 23, kind, dict(zip(parts, (3, 4, 5, 1, 0, 6, 4), strict=True))),
        figure("encounters_by_setting", 23, "settings", {"street": 20, "bar": 3, "prison": 0}),
        figure("outcomes", 23, "outcomes", {"signs_of_trafficking": 20, "not_classified_refer": 3}),
        figure("signs", 23, "signs", {sign: 4, "fact.no_list_has": 3}),
        figure("uses", 134, "coded", {"coded": 60, "uncoded": 74}),
        figure("leaflets_given", 20, "languages", {"ro": 14, "zh-Hans": 3, "xx-none": 3}),
        figure("stay_days", 12.5),
    )


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_number_stands_with_its_unit_days_date_and_rules(words: FigureWords) -> None:
    head, *rows = rows_of(make_file("csv", some(words), words))
    assert head == ["Figure", "Group", "Number", "Unit", "From", "To", "As of", "Counting rules"]
    assert ["Uses that were only counted", "", "134", "uses", "2026-03-02", "2026-03-08", "2026-03-09", "1"] in rows
    assert {tuple(row[4:]) for row in rows} == {("2026-03-02", "2026-03-08", "2026-03-09", "1")}
    named = {(row[0], row[1]): row[2] for row in rows}
    assert named["Encounters", "Mon 2 Mar"] == "3"
    assert named["Encounters by setting", "Street"] == "20"
    assert named["What the signs added up to", "Not classified: refer"] == "3"
    assert named["Leaflets given, by language", "Romanian"] == "14"
    assert named["Leaflets given, by language", "xx-none"] == "3"
    assert named["Encounters with signs, by sign", "fact.no_list_has"] == "3"
    assert named["Average shelter stay", ""] == "12.5"


def test_what_is_hidden_is_said_so_in_every_file(words: FigureWords) -> None:
    outside = for_outside(some(words))
    assert "not shown" in {row[2] for row in rows_of(make_file("csv", outside, words))}
    said = text_by_pdfium(make_file("pdf", outside, words))
    assert "not shown" in said
    assert bare("It may leave the team.") in bare(said)
    assert bare("It must not leave the team.") in bare(text_by_pdfium(make_file("pdf", some(words), words)))


@pytest.mark.parametrize(
    "text",
    [
        FORMULA, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\u202e=1",
        "\uff1d1", "\uff0b1", "\uff0d1", "\uff201",
    ],
)  # fmt: skip
def test_no_cell_begins_a_formula(words: FigureWords, text: str) -> None:
    assert harmless(text).startswith("'")
    figures = week(figure("leaflets_given", 9, "languages", {text: 9}))
    for row in rows_of(make_file("csv", figures, words)):
        assert not any(cell[:1] in tuple("=+-@\t\r\n") and cell for cell in row)
    sheet = load_workbook(io.BytesIO(make_file("xlsx", figures, words))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in {"s", "n"} for cell in cells)
    assert any(str(cell.value).startswith("'") for cell in cells)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", ""), ("plain", "plain"), ("a=b", "a=b"), ("a\x00\x07b\ud800\ufffe", "ab"), ("\u202eabc", "\u202eabc"), ("'=1", "'=1")],
)
def test_other_words_stay_as_they_are_without_what_no_file_can_hold(words: FigureWords, text: str, kept: str) -> None:
    assert harmless(text) == kept
    figures = week(figure("leaflets_given", 9, "languages", {text: 9}))
    assert rows_of(make_file("csv", figures, words))[-1][1] == kept
    assert make_file("xlsx", figures, words)


def test_the_spreadsheet_holds_numbers_says_how_and_names_nobody(words: FigureWords) -> None:
    book = load_workbook(io.BytesIO(make_file("xlsx", some(words), words)))
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet[2]][:4] == ["Encounters", None, 23, "encounters"]
    said = "\n".join(str(row[0].value) for row in about.iter_rows())
    for sentence in ("Week 10", "counting rules 1", "must not leave", "Uses are not people"):
        assert sentence in said
    assert not book.properties.creator
    assert book.properties.created.date() == date(2026, 3, 9)


def test_the_paper_draws_a_table_a_reader_can_follow(words: FigureWords) -> None:
    pdf = make_file("pdf", some(words), words)
    tags = structure(pdf)
    assert {"H1", "H2", "Table", "TR", "TD"} <= set(tags)
    said = text_by_pdfium(pdf)
    for sentence in ("Indicators prove nothing", "Week 10: 2 March 2026 to 8 March 2026", "134 uses", "12.5 days"):
        assert sentence in said
    assert "Prison" not in said  # nobody was met there; the spreadsheet says nought
    assert make_file("pdf", some(words), words) == pdf


def test_an_empty_week_is_a_paper_too(words: FigureWords) -> None:
    empty = week(figure("encounters", 0), figure("stay_days", None))
    assert "Nothing was written down on these days." in text_by_pdfium(make_file("pdf", empty, words))
    for kind in KINDS:
        assert make_file(kind, empty, words)
    assert file_name("pdf", empty) == "figures-2026-03-02-2026-03-08.pdf"


def test_words_of_days_and_numbers_follow_the_language() -> None:
    assert days_words(MONDAY, MONDAY) == "2 March 2026"
    assert days_words(MONDAY, date(2026, 3, 10)) == "2 March 2026 to 10 March 2026"
    assert number_words(1234.5) == "1,234.5"
    assert number_words(None) == "–"
    use_language("da")
    assert number_words(1234.5) == "1.234,5"
    assert "9. marts 2026" in about_words(week())


def test_weeks_are_named_and_days_of_a_week_found(words: FigureWords) -> None:
    kind, parts = days_or_weeks(date(2026, 12, 21), date(2027, 1, 10))
    assert (kind, parts) == ("weeks", ("2026-W52", "2026-W53", "2027-W01"))
    lines = words.lines(week(figure("encounters", 3, kind, dict.fromkeys(parts, 1))))
    assert [line.group for line in lines] == ["", "week 52 of 2026", "week 53 of 2026", "week 1 of 2027"]
    assert week_of(date(2026, 3, 4)) == (MONDAY, SUNDAY)
    assert week_of(date.min)[0] == date.min
    assert week_of(date.max)[1] == date.max


def test_an_outcome_and_a_setting_no_list_has_are_shown_as_they_are(words: FigureWords) -> None:
    figures = week(
        figure("outcomes", 3, "outcomes", {"of_tomorrow": 3}), figure("encounters_by_setting", 3, "settings", {"moon": 3}),
        figure("follow_ups", 3, "kept", {"kept": 1, "other": 2}),
    )  # fmt: skip
    assert [line.group for line in words.lines(figures) if line.group] == ["of_tomorrow", "moon", "done", "other"]


def test_no_figure_names_anybody_a_victim(words: FigureWords) -> None:
    for outside in (some(words), for_outside(some(words))):
        assert not any("victim" in f"{line.figure} {line.unit} {line.group}".lower() for line in words.lines(outside))


def test_paths_of_files_are_never_in_them(words: FigureWords, tmp_path: Path) -> None:
    for kind in KINDS:
        assert str(tmp_path).encode() not in make_file(kind, some(words), words)


@pytest.mark.parametrize(
    ("unit", "count", "said"),
    [
        ("actions", 3, "Called to 3 police actions"), ("actions", 1, "Called to 1 police action"), ("people", 1, "1 person"),
        ("people", 20, "20 people"), ("uses", 134, "134 uses"), ("days", 1.5, "1.5 days"), ("days", None, "– days"),
    ],
)  # fmt: skip
def test_a_number_is_said_with_what_was_counted(unit, count, said) -> None:
    assert with_unit(unit, number_words(count), count) == said


def test_no_file_is_written_on_the_way_to_one(words: FigureWords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    for kind in KINDS:
        assert make_file(kind, some(words), words) == make_file(kind, some(words), words)
    old = replace(some(words), as_of=date(1970, 1, 1))
    book = load_workbook(io.BytesIO(make_file("xlsx", old, words)))
    assert book.properties.modified.year == 1980
