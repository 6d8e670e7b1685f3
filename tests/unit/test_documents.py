"""The documents say what the program does: links, commands, codes, examples and decisions are held to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import click
import msgspec
import pytest

from outreach_app.cli.leaflet_orders import read_orders
from outreach_app.cli.main import cli
from outreach_app.domain.assessment import assess
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.indicator import Answer, Dimension
from outreach_app.domain.outcome import Outcome
from outreach_app.domain.pathway import find_pathway
from outreach_app.leaflets.catalogue import list_sheets
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.directory.editing import set_entry
from outreach_app.leaflets.directory.entry_reading import FIELDS
from outreach_app.leaflets.jobs import make_job
from outreach_app.services.checks import check_tally, checked_encounter
from outreach_app.wire.assess import assessment_to_json, read_assess_request
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.encounter import EncounterFields, read_encounter
from outreach_app.wire.indicator_catalogue import indicator_rows, load_catalogues
from outreach_app.wire.pathway_case import CaseFields, pathway_to_json, read_pathway_case
from outreach_app.wire.pathway_table import load_rule_table
from outreach_app.wire.receipts import ReceiptKind
from outreach_app.wire.strict import write_json
from outreach_app.wire.tally import TallyFields, read_tally
from tests.support.fault_table import OPERATIONS

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual" / "command-line.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
SECTIONS = ("**Context.**", "**Options.**", "**Choice.**", "**Consequences.**")

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(r"`((?:outreach_app|ui|tests|tools|docs|resources)/[^`\s]*)`")
_PATTERN = re.compile(r"[*]|[A-Z]{2,}")  # stands for several files
_EXAMPLE = re.compile(r"<!-- example: (?P<name>[^>]+?) -->\n```json\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)


def prose(document: Path) -> str:
    return _FENCE.sub("", document.read_text())


def anchors(document: Path) -> set[str]:
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(document)))
    return {heading.replace(" ", "-") for heading in plain}


def broken_links(document: Path) -> list[str]:
    broken = []
    for link in _LINK.findall(prose(document)):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    return broken


def examples() -> dict[str, Any]:
    return {found["name"]: json.loads(found["text"]) for found in _EXAMPLE.finditer(MANUAL.read_text())}


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


def glossary_words() -> list[str]:
    rows = [line.split("|")[1].strip() for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    cells = [cell for cell in rows if cell not in {"word", "---"}]
    return [word.strip() for cell in cells for word in re.sub(r"\(.*?\)", "", cell).split(",")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document) == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One thing\n[a](page.md#one-thing) [b](gone.md) [c](#another)\n```\n[d](in-code.md)\n```\n")
    assert broken_links(page) == ["gone.md", "#another"]


def test_every_file_that_is_named_is_there() -> None:
    living = [path for path in DOCUMENTS if path.parent != DECISIONS]  # a decision speaks of its own day
    named = {(path.name, name) for path in living for name in _PATH.findall(path.read_text())}
    sure = {(page, name) for page, name in named if not _PATTERN.search(name)}
    assert len(sure) > 50
    assert [pair for pair in sorted(sure) if not (ROOT / pair[1]).exists()] == []


def test_every_command_and_option_is_in_a_manual() -> None:
    manual = MANUAL.read_text() + (MANUAL.parent / "centre.md").read_text()
    found = dict(commands(cli))
    assert len(found) > 15
    assert [name for name in found if f"`{name}" not in manual and f"outreach {name}" not in manual] == []
    options = {
        option
        for command in (cli, *found.values())
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    assert sorted(option for option in options if option not in manual) == []


def test_every_json_example_is_json() -> None:
    texts = [text for path in DOCUMENTS for text in _JSON.findall(path.read_text())]
    assert len(texts) > 10
    for text in texts:
        json.loads(text)


def test_the_encounter_examples_can_be_recorded() -> None:
    given = examples()
    whole = read_encounter(write_json(given["encounter"]), NOW)
    checked_encounter(whole.content, load_code_lists())
    assert read_encounter(write_json(given["smallest encounter"]), NOW).content.met_at == NOW
    catalogue = load_catalogues()[whole.content.profile].by_id()
    assert set(whole.content.answers) <= set(catalogue)


def test_the_encounter_example_and_its_table_leave_no_field_out() -> None:
    fields = {field.encode_name for field in msgspec.structs.fields(EncounterFields)}
    assert set(examples()["encounter"]) == fields
    table = MANUAL.read_text().partition("| field | content | without it |")[2].partition("\n\n")[0]
    assert fields <= set(re.findall(r"`(\w+)`", table))


def test_the_tally_example_can_be_counted_and_leaves_no_field_out() -> None:
    given = examples()["tally"]
    read = read_tally(write_json(given), NOW.date())
    check_tally(read.tally, load_code_lists())
    assert sum(uses for _person, uses in read.known) <= read.tally.count
    assert set(given) == {field.encode_name for field in msgspec.structs.fields(TallyFields)}


def test_the_assessment_example_is_what_comes_out() -> None:
    given = examples()
    request = read_assess_request(write_json(given["assess in"]))
    catalogue = load_catalogues()[request.profile]
    found = assessment_to_json(assess(catalogue, request.answers, request.context), catalogue)
    assert msgspec.to_builtins(found) == given["assess out"]


def test_the_pathway_example_is_what_comes_out() -> None:
    given = examples()
    case = read_pathway_case(write_json(given["pathway in"]), NOW.date())
    assert json.loads(write_json(pathway_to_json(find_pathway(case, load_rule_table()), "en"))) == given["pathway out"]
    table = MANUAL.read_text().partition("| field | what it takes | left out |")[2].partition("\n\n")[0]
    assert {field.encode_name for field in msgspec.structs.fields(CaseFields)} <= set(re.findall(r"`(\w+)`", table))


def test_the_examples_of_lists_are_what_comes_out() -> None:
    given = examples()
    rows = msgspec.to_builtins(indicator_rows(load_catalogues().values(), "en"))
    assert given["indicators"] == rows[:1]
    sheets = [row for row in list_sheets(NOW.date()) if (row.sheet, row.language) == ("where_to_get_help", "da")]
    names = ("sheet", "language", "state", "title", "lacks")
    assert given["leaflet list"] == json.loads(write_json([{name: getattr(row, name) for name in names} for row in sheets]))


def test_the_batch_of_leaflets_is_what_comes_out() -> None:
    given = examples()
    orders = read_orders(write_json(given["leaflet batch in"]))
    job, told = make_job(orders, NOW.date()), given["leaflet batch"]
    assert (job.papers, job.sides) == (told["papers"], told["sides"])
    assert [(part.papers, part.leaflets) for part in job.parts] == [(row["papers"], row["leaflets"]) for row in told["parts"]]
    table = MANUAL.read_text().partition("| field | what it takes | left out |\n|---|---|---|\n| `sheet`")[2].partition("\n\n")[0]
    assert set().union(*given["leaflet batch in"]) <= {"sheet", *re.findall(r"`(\w+)`", table)}


def test_every_fault_of_a_leaflet_is_in_the_manual() -> None:
    listed = set(re.findall(r"`(\w+)`", MANUAL.read_text().partition("| fault | means |")[2].partition("\n\n")[0]))
    leaflets = ROOT / "outreach_app" / "leaflets"
    checks = [*(leaflets / "checks").glob("*.py"), leaflets / "linting.py"]
    found = {code for path in checks for code in re.findall(r'(?:yield |Error: )"(\w+)"', path.read_text())}
    assert len(found) > 20
    assert sorted(found - listed) == []


def test_the_directory_example_can_be_set_and_leaves_no_field_out() -> None:
    given = examples()
    edited = set_entry(help_lines(), given["directory entry"], NOW.date(), {})
    told = {"entry": edited.entry, "changed": list(edited.changed), "version": edited.directory.version}
    assert json.loads(write_json(told)) == given["directory set"]
    assert set(given["directory entry"]) == set(FIELDS)
    table = (ROOT / "docs" / "formats.md").read_text().partition("| field of an entry | content |")[2].partition("\n\n")[0]
    assert set(FIELDS) <= set(re.findall(r"`(\w+)`", table))


def test_the_manual_lists_every_code() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$", MANUAL.read_text().partition("## Codes")[2], re.MULTILINE
    )
    told = {name: re.findall(r"`(\w+)`", codes) for name, codes in rows}
    assert told == {name: [code.code for code in found.codes] for name, found in load_code_lists().lists.items()}


@pytest.mark.parametrize("codes", [get_args(Outcome), get_args(Answer), get_args(Dimension), tuple(ConsentLevel)])
def test_the_manual_names_every_code_of_the_rules(codes: tuple[str, ...]) -> None:
    manual = MANUAL.read_text()
    assert [code for code in codes if f"`{code}`" not in manual and f'"{code}"' not in manual] == []


def test_the_glossary_has_the_words_of_the_rules() -> None:
    text = GLOSSARY.read_text()
    assert [word for word in (*get_args(Answer)[:4], *get_args(ReceiptKind)) if f"`{word}`" not in text] == []
    levels = {level.value.replace("_", " ").replace("follow up", "follow-up") for level in ConsentLevel}
    assert levels <= set(glossary_words())


def test_every_word_of_the_glossary_is_used() -> None:
    folders = (ROOT / "outreach_app", ROOT / "ui")
    code = "\n".join(path.read_text() for folder in folders for path in folder.rglob("*.py")).lower()
    spaced = code.replace("_", " ").replace("-", " ")
    words = glossary_words()
    assert len(words) > 60
    assert [word for word in words if word.replace("-", " ") not in spaced] == []


def test_decisions_are_numbered_without_gaps_and_follow_the_template() -> None:
    files = sorted(path for path in DECISIONS.glob("*.md") if path.name != "index.md")
    assert [path.name[:4] for path in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    index = (DECISIONS / "index.md").read_text()
    for path in files:
        text = path.read_text()
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert [text.count(section) for section in SECTIONS] == [1, 1, 1, 1], path.name
        assert [text.index(section) for section in SECTIONS] == sorted(text.index(section) for section in SECTIONS)
        assert f"({path.name})" in index, path.name


def test_the_figures_of_faults_are_of_every_operation_and_of_enough_power_cuts() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    heads, _, *operations, sums = rows
    assert {row[0] for row in operations} == {kind.name for kind in OPERATIONS}, "run make faults"
    cuts = heads.index("power cuts")
    assert int(sums[cuts].replace(",", "")) == sum(int(row[cuts].replace(",", "")) for row in operations) >= 10_000
