"""``outreach leaflet``: what is listed, printed and checked, what is asked before, and what is refused by its field."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import Result

from outreach_app.cli.leaflet_orders import read_orders
from outreach_app.leaflets.checks import documents
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.languages import LANGUAGES
from outreach_app.leaflets.sheets import sheet_ids
from outreach_app.leaflets.states import SheetState
from outreach_app.wire.code_lists import load_code_lists
from tests.support.leaflet_setting import page_sizes
from tests.support.pdf_reading import text_by_pdfium
from tests.unit.cli.conftest import plain

SHEET = "where_to_get_help"
THAI_CARDS = ("--language", "th", "--format", "wallet")
LIST_FIELDS = {"lacks", "language", "sheet", "state", "title"}


def leaflet(*arguments: str, typed: bytes = b"", code: int = 0) -> Result:
    result = plain("leaflet", *arguments, typed=typed)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def answer(*arguments: str, typed: bytes = b"") -> Any:
    return json.loads(leaflet(*arguments, typed=typed).stdout)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the centre have checked every sheet."""
    monkeypatch.setattr("outreach_app.leaflets.making.standing", lambda *_: SheetState("checked", "AB", "2026-01-01"))


class TestList:
    """Which sheets there are."""

    def test_all_of_them_need_no_vault(self):
        rows = answer("list", "--json")
        assert all(set(row) == LIST_FIELDS for row in rows)
        assert {row["language"] for row in rows} == set(LANGUAGES)
        assert len(leaflet("list").stdout.splitlines()) == len(rows) == len(LANGUAGES) * len(sheet_ids())

    def test_one_language_and_one_sheet(self):
        assert {row["language"] for row in answer("list", "--language", "th", "--json")} == {"th"}
        assert {row["sheet"] for row in answer("list", "--sheet", SHEET, "--json")} == {SHEET}
        line = leaflet("list", "--sheet", SHEET, "--language", "en").stdout
        assert line == f"{SHEET}\ten\tEnglish\tdraft\tWhere to get help\n"

    @pytest.mark.parametrize("wrong", [("--language", "xx"), ("--sheet", "nothing")])
    def test_what_there_is_not(self, wrong):
        assert "Choose" in leaflet("list", *wrong, code=3).stderr


class TestPrint:
    """One leaflet, or copies of one, as a file."""

    def test_one_on_its_own_paper(self, out):
        made = answer("print", SHEET, *THAI_CARDS, "--draft", "--out", str(out))
        assert made == {"sheet": SHEET, "language": "th", "format": "wallet", "pages": 1, "state": "draft"}
        assert page_sizes(out.read_bytes()) == [(210, 297)]

    def test_copies_are_a_print_job(self, out):
        made = answer("print", SHEET, *THAI_CARDS, "--copies", "15", "--duplex", "--draft", "--out", str(out))
        assert made == {
            "sheet": SHEET, "language": "th", "format": "wallet", "state": "draft", "papers": 2, "leaflets": 20,
            "sides": "two-sided-long-edge",
        }  # fmt: skip
        assert len(page_sizes(out.read_bytes())) == 4

    def test_every_option_reaches_the_paper(self, out):
        asked = ("--format", "bilingual", "--beside", "da", "--language", "ro", "--draft", "--out", str(out))
        leaflet("print", SHEET, *asked)
        assert "Dansk" in text_by_pdfium(out.read_bytes())
        plain_pages = answer("print", "health", "--language", "da", "--draft", "--out", str(out))["pages"]
        covered = answer("print", "health", "--language", "da", "--cover", "--draft", "--out", str(out))["pages"]
        assert covered == plain_pages + 1

    def test_an_archived_file_says_that_it_is_one(self, out):
        leaflet("print", SHEET, *THAI_CARDS, "--archive", "--draft", "--out", str(out))
        with pikepdf.open(io.BytesIO(out.read_bytes())) as document:
            assert b"pdfaid" in document.Root.Metadata.read_bytes()

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            (("nothing", "--language", "th"), "nothing"),
            ((SHEET, "--language", "xx"), "xx"),
            ((SHEET, "--language", "th", "--format", "newspaper"), "newspaper"),
            ((SHEET, "--language", "th", "--copies", "0"), "0 copies"),
            ((SHEET, "--language", "th", "--copies", "201"), "200"),
            ((SHEET, "--language", "th", "--beside", "da"), "--beside is not right here (only for bilingual)"),
            ((SHEET, "--language", "th", "--format", "bilingual", "--beside", "xx"), "in the language xx"),
            ((SHEET, "--language", "th", "--format", "bilingual", "--beside", "th"), "two different languages"),
            ((SHEET, "--language", "en", "--format", "bilingual"), "two different languages"),
            ((SHEET, *THAI_CARDS, "--cover"), "--cover is not right here (only for a4, a5, a5_two_up)"),
            ((SHEET, "--language", "th", "--format", "poster", "--duplex"), "--duplex"),
            ((SHEET, "--language", "th", "--region", "atlantis"), "--region is not right here (choose one of: hovedst"),
            (("rights", "--language", "th"), "Choose one of: rights_eu, rights_legal_stay, rights_no_legal_stay"),
        ],
    )
    def test_what_cannot_be_printed_is_said_and_no_file_is_made(self, wrong, told, out):
        said = leaflet("print", *wrong, "--draft", "--out", str(out), code=3).stderr
        assert told in said
        assert said.count("\n") == 1, "nothing is said or asked before"
        assert not out.exists()

    def test_a_folder_that_is_not_there(self, out):
        leaflet("print", SHEET, *THAI_CARDS, "--draft", "--out", str(out / "in" / "x.pdf"), code=3)

    def test_says_what_the_directory_lacks(self, out):
        said = leaflet("print", "health", "--language", "en", "--draft", "--out", str(out)).stderr
        assert "not confirmed" in said

    def test_the_help_lists_what_there_is(self):
        said = " ".join(leaflet("print", "--help").stdout.split())
        regions = [each.code for each in load_code_lists()["regions"].offered() if each.code != "unknown"]
        assert f"One of: {', '.join(FORMATS)}." in said
        assert f"region: {', '.join(regions)}." in said

    def test_language_and_sheet_are_told_by_their_codes(self, out):
        asked = ("--language", "Thai", "--format", "bilingual", "--beside", "dansk", "--draft", "--out", str(out))
        assert answer("print", SHEET, *asked)["language"] == "th"


class TestDrafts:
    """What nobody has checked is printed only if the worker agrees."""

    OLD = SheetState("expired", "AB", "2020-01-01")

    def test_a_script_agrees_beforehand(self, out):
        said = leaflet("print", SHEET, *THAI_CARDS, "--out", str(out), code=3).stderr
        assert f"{SHEET} (th)" in said
        assert "--format pictograms" in said
        assert "Say --draft" in said
        assert not out.exists()

    @pytest.mark.parametrize(("typed", "code"), [(b"y\n", 0), (b"n\n", 3), (b"\n", 3)])
    def test_a_terminal_asks_once(self, typed: bytes, code: int, terminal: Callable[[], None], out: Path):
        terminal()
        said = leaflet("print", SHEET, *THAI_CARDS, "--out", str(out), typed=typed, code=code).stderr
        assert said.count("Print all the same?") == 1
        assert out.exists() == (code == 0)

    def test_the_safer_print_is_not_offered_to_who_chose_it(self, out):
        asked = ("--language", "th", "--format", "pictograms", "--draft", "--out", str(out))
        assert "Safer" not in leaflet("print", SHEET, *asked).stderr

    @pytest.mark.usefixtures("checked")
    def test_a_checked_sheet_asks_nothing(self, out):
        said = leaflet("print", SHEET, *THAI_CARDS, "--out", str(out)).stderr
        assert "Not checked" not in said
        assert out.exists()

    def test_an_expired_sheet_is_said_to_be_one(self, monkeypatch, out):
        monkeypatch.setattr("outreach_app.leaflets.making.standing", lambda *_: self.OLD)
        said = leaflet("print", SHEET, *THAI_CARDS, "--draft", "--out", str(out)).stderr
        assert f"Checked too long ago: {SHEET} (th)" in said

    def test_a_draft_that_ran_out_is_still_one_nobody_checked(self, monkeypatch, out):
        state = SheetState("expired", expires_on="2025-01-01")
        monkeypatch.setattr("outreach_app.leaflets.making.standing", lambda *_: state)
        said = leaflet("print", SHEET, *THAI_CARDS, "--draft", "--out", str(out)).stderr
        assert f"Not checked yet by a person who speaks the language: {SHEET} (th)" in said

    def test_the_language_beside_is_asked_for_too(self, monkeypatch, out):
        states = {"th": SheetState("checked", "AB", "2026-01-01"), "da": self.OLD, "en": SheetState("draft")}
        monkeypatch.setattr("outreach_app.leaflets.making.standing", lambda _sheet, language, *_: states[language.code])
        asked = ("--language", "th", "--format", "bilingual", "--draft", "--out", str(out))
        assert f"who speaks the language: {SHEET} (en)." in leaflet("print", SHEET, *asked).stderr
        said = leaflet("print", SHEET, *asked, "--beside", "da").stderr
        assert f"Checked too long ago: {SHEET} (da)." in said
        assert "Safer" not in said


def rows(*given: dict[str, Any]) -> bytes:
    return json.dumps([{"sheet": SHEET, "language": "th", **row} for row in given]).encode()


class TestBatch:
    """Many leaflets as one job."""

    def test_all_in_one_file(self, tmp_path, out):
        file = tmp_path / "orders.json"
        file.write_bytes(rows({"format": "wallet", "copies": 20}, {"language": "ro", "format": "a5", "copies": 10}))
        told = answer("batch", str(file), "--draft", "--out", str(out))
        assert (told["papers"], told["sides"]) == (len(page_sizes(out.read_bytes())), "one-sided")
        assert [(row["language"], row["leaflets"]) for row in told["parts"]] == [("th", 20), ("ro", 10)]

    def test_the_help_shows_a_list_that_can_be_printed(self):
        said = leaflet("batch", "--help").stdout
        shown = said[said.index("[{") : said.index("}]") + 2]
        assert [order.copies for order in read_orders(shown.encode())] == [20, 10]

    def test_from_standard_input(self, out):
        assert answer("batch", "-", "--draft", "--out", str(out), typed=rows({}))["papers"] == 1

    def test_drafts_are_agreed_to_once_for_all(self, out):
        typed = rows({}, {"language": "ro"}, {})
        said = leaflet("batch", "-", "--out", str(out), typed=typed, code=3).stderr
        assert said.count(f"{SHEET} (th), {SHEET} (ro)") == 1
        assert not out.exists()

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ({"sheet": "nothing"}, "sheet"), ({"sheet": 7}, "sheet"), ({"language": "xx"}, "language"),
            ({"format": "newspaper"}, "format"), ({"copies": 0}, "copies"), ({"copies": 201}, "copies"),
            ({"copies": "2"}, "copies"), ({"copies": 1.5}, "copies"), ({"cover": "yes"}, "cover"),
            ({"format": "wallet", "cover": True}, "cover"), ({"format": "poster", "duplex": True}, "duplex"),
            ({"beside": "da"}, "beside"), ({"format": "bilingual", "beside": "xx"}, "beside"), ({"region": "atlantis"}, "region"), ({"colour": "red"}, "colour"),
        ],
    )  # fmt: skip
    def test_names_row_and_field(self, row, field, out):
        said = leaflet("batch", "-", "--draft", "--out", str(out), typed=rows({}, row), code=3).stderr
        assert f"the field $[1].{field} is not right" in said
        assert not out.exists()

    @pytest.mark.parametrize("typed", [b"", b"{}", b"[]", b"[1]", rows(*[{}] * 501), b"[" * 30])
    def test_what_is_no_list_of_leaflets(self, typed, out):
        assert "The list of leaflets cannot be used" in leaflet(
            "batch", "-", "--draft", "--out", str(out), typed=typed, code=3
        ).stderr


class TestCheck:
    """The table of languages, sheets, states and faults."""

    SMALL = ("--language", "english", "--sheet", "health", "--sheet", "police", "--format", "wallet")

    def test_a_line_for_each_sheet(self):
        told = leaflet("check", *self.SMALL)
        assert told.stdout == "en\thealth\tdraft\t-\nen\tpolice\tdraft\t-\n"
        assert "Leaflets checked" in told.stderr

    def test_as_json(self):
        told = answer("check", *self.SMALL, "--json")
        assert told == [
            {"language": "en", "sheet": sheet, "state": "draft", "faults": {}} for sheet in ("health", "police")
        ]

    def test_faults_are_told_and_end_with_another_code(self, monkeypatch):
        monkeypatch.setattr(documents, "word_faults", lambda *_: ["no_glyph", "code"])
        told = leaflet("check", *self.SMALL, code=3)
        assert told.stdout.splitlines()[0] == "en\thealth\tdraft\twallet: no_glyph, code"
        assert "Faults were found in 2 of 4" in told.stderr

    def test_what_there_is_not(self):
        assert "Choose" in leaflet("check", "--format", "newspaper", code=3).stderr
