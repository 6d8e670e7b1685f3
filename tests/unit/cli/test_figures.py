"""``outreach figures``: JSON for the team, files for outside unless the worker says otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.figures import week_of
from outreach_app.program import Program
from tests.unit.cli.conftest import CommandLine


def answer(line: CommandLine, *arguments: str) -> Any:
    return json.loads(line.run("figures", *arguments).stdout)


def total(answered: Any, name: str) -> Any:
    return next(each for each in answered["figures"] if each["name"] == name)["total"]


def test_a_day_is_counted_and_written_as_every_kind_of_file(line: CommandLine, tmp_path: Path) -> None:
    note = json.dumps({"setting": "street", "met_at": "2026-03-03T20:00:00+01:00"}).encode()
    line.run("record", "-", typed=note)
    files = {kind: tmp_path / f"figures.{kind}" for kind in ("csv", "xlsx", "pdf")}
    options = [part for kind, file in files.items() for part in (f"--{kind}", str(file))]
    answered = answer(line, "--from", "2026-03-02", *options)
    assert (answered["first"], answered["last"], answered["for"]) == ("2026-03-02", "2026-03-08", "team")
    assert (total(answered, "encounters"), answered["rules"]) == (1, 1)
    assert b"not shown" in files["csv"].read_bytes()
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert files["xlsx"].read_bytes().startswith(b"PK")
    answer(line, "--from", "2026-03-02", "--for", "team", "--csv", str(files["csv"]))
    assert b"not shown" not in files["csv"].read_bytes()
    outside = answer(line, "--from", "2026-03-02", "--for", "outside")
    assert (total(outside, "encounters"), outside["for"]) == (None, "outside")


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (("--to", "2026-03-04"), ("2026-03-02", "2026-03-04")),
        (("--from", "2026-03-04"), ("2026-03-04", "2026-03-08")),
        (("--from", "2026-03-04", "--to", "2026-03-04"), ("2026-03-04", "2026-03-04")),
    ],
)
def test_one_day_alone_names_its_week(line: CommandLine, arguments: tuple[str, ...], days: tuple[str, str]) -> None:
    answered = answer(line, *arguments)
    assert (answered["first"], answered["last"]) == days


def test_without_days_this_week_is_counted(line: CommandLine) -> None:
    monday, sunday = week_of(Program(line.folder).clock.local_now().date())
    answered = answer(line)
    assert (answered["first"], answered["last"]) == (monday.isoformat(), sunday.isoformat())


def test_days_that_cannot_be_counted_are_refused_and_no_file_is_made(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "none.csv"
    refused = line.run("figures", "--from", "2026-03-09", "--to", "2026-03-02", "--csv", str(file), code=3)
    assert "The days cannot be used." in refused.stderr
    assert not file.exists()
    line.run("figures", "--from", "2026-02-30", code=2)
    line.run("figures", "--csv", str(tmp_path / "missing" / "x.csv"), code=3)
