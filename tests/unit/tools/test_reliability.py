"""The figures of a run go into the document between its marks, and only when nothing failed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tools import reliability

TEXT = f"# Title\n\n{reliability.BEGIN}\nold\n{reliability.END}\n\nThe rest.\n"


def run(name: str, **more: Any) -> dict[str, Any]:
    figures = {
        "operation": name, "calls": 1200, "cuts": 5000, "states": 40, "again": 7, "kills": 12, "errors": {"disk full": 9},
        "told": {"DiskFullError": 8, "nothing": 1}, "outcomes": {"old": 3, "new": 4}, "failures": [], "seed": 3, "places": 2000,
    }  # fmt: skip
    return {**figures, **more}


def write(folder: Path, *runs: dict[str, Any]) -> None:
    for number, each in enumerate(runs):
        (folder / f"{number}.json").write_text(json.dumps(each))


def renew(folder: Path) -> tuple[int, str, str]:
    document = folder / "page.md"
    document.write_text(TEXT)
    result = CliRunner().invoke(reliability.reliability, ["--folder", str(folder), "--document", str(document)])
    return result.exit_code, result.output, document.read_text()


def test_the_table_has_a_row_for_each_operation_and_the_sums(tmp_path: Path) -> None:
    write(tmp_path, run("finish", order=1), run("seal", order=0))
    code, said, text = renew(tmp_path)
    assert (code, said) == (0, "page.md: 10000 power cuts\n")
    assert text.startswith("# Title\n\n<!-- figures")
    assert text.endswith("-->\n\nThe rest.\n")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows] == ["| operation", "| ---", "| seal", "| finish", "| **all**"]
    assert rows[2] == "| seal | 1,200 | 5,000 | 40 | 7 | 12 | 9 | 0 | 0 | 0 | new: 4; old: 3 |"
    assert rows[4] == "| **all** | 2,400 | 10,000 | 80 | 14 | 24 | 18 | 0 | 0 | 0 |  |"
    assert "`DiskFullError` 16; nothing in 2 runs" in text
    assert "seed 3, killed and failed at every call; nothing" in text
    assert "old\n<!--" not in text


def test_a_run_that_spared_calls_says_so(tmp_path: Path) -> None:
    write(tmp_path, run("finish"), run("seal", places=16))
    assert "killed, and failed in each way, at up to 16 calls of each operation" in renew(tmp_path)[2]


def test_a_run_with_failures_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, run("finish", failures=["finish: kill at call 3: a note is lost"]))
    code, said, text = renew(tmp_path)
    assert (code, text) == (1, TEXT)
    assert "a note is lost" in said


def test_no_run_changes_nothing(tmp_path: Path) -> None:
    code, said, text = renew(tmp_path)
    assert (code, text) == (1, TEXT)
    assert "no figures" in said


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        reliability.with_table("no marks", reliability.table([run("finish")], datetime(2026, 3, 2, tzinfo=UTC)))
