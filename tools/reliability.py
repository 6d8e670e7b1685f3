"""Writes the figures that `make faults` left in build/faults into the table of docs/reliability.md."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "build" / "faults"
DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make faults -->", "<!-- end of figures -->"
ERRORS = ("disk full", "disk full but for the reserve", "write fault", "sync fault")
HEADS = (
    "operation", "calls", "power cuts", "different states", "second cuts", "kills", "disk full", "with reserve",
    "write faults", "sync faults", "found afterwards",
)  # fmt: skip


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=FIGURES, help="Where the figures lie.")
@click.option("--document", type=click.Path(path_type=Path), default=DOCUMENT, help="Where the table goes.")
def reliability(folder: Path, document: Path) -> None:
    """Renew the table; nothing is written while a run has failures."""
    figures = read_figures(folder)
    failed = [failure for run in figures for failure in run["failures"]]
    if failed or not figures:
        click.echo("\n".join(failed) or f"no figures in {folder}", err=True)
        sys.exit(1)
    document.write_text(with_table(document.read_text(), table(figures, datetime.now(UTC))))
    click.echo(f"{document.name}: {sum(run['cuts'] for run in figures)} power cuts")


def read_figures(folder: Path) -> list[dict[str, Any]]:
    """Return the figures of each operation, in the order of the runs' own numbers."""
    runs: list[dict[str, Any]] = [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]
    return sorted(runs, key=lambda run: (run.get("order", 0), run["operation"]))


def table(figures: list[dict[str, Any]], now: datetime) -> str:
    """Return the table with a line of sums and a line that says when and how it was made."""
    rows = [[run["operation"], *numbers(run), found(run)] for run in figures]
    sums: list[Any] = [sum(row[column] for row in rows) for column in range(1, len(HEADS) - 1)]
    rows.append(["**all**", *sums, ""])
    seeds = ", ".join(sorted({str(run["seed"]) for run in figures}))
    lines = [
        f"Run on {now:%Y-%m-%d}, seed {seeds}, {spread(figures)}; nothing acknowledged was lost, no failure.",
        "",
        f"| {' | '.join(HEADS)} |",
        f"| {' | '.join(['---', *['---:'] * (len(HEADS) - 2), '---'])} |",
        *(f"| {' | '.join(str(cell) if isinstance(cell, str) else f'{cell:,}' for cell in row)} |" for row in rows),
        "",
        told(figures),
    ]
    return "\n".join(lines)


def spread(figures: list[dict[str, Any]]) -> str:
    """Return at how many calls of each operation the program was killed, and failed."""
    places = min(int(run["places"]) for run in figures)
    if all(places >= int(run["calls"]) for run in figures):
        return "killed and failed at every call"
    return f"killed, and failed in each way, at up to {places} calls of each operation, evenly spread"


def numbers(run: dict[str, Any]) -> list[int]:
    """Return the figures of the columns between the first and the last."""
    errors = [int(run["errors"].get(name, 0)) for name in ERRORS]
    return [run["calls"], run["cuts"], run["states"], run["again"], run["kills"], *errors]


def found(run: dict[str, Any]) -> str:
    """Return the states in which the vault was found, each with how often."""
    return "; ".join(f"{name}: {count:,}" for name, count in sorted(run["outcomes"].items()))


def told(figures: list[dict[str, Any]]) -> str:
    """Return a sentence about what the worker was told when a write or a sync failed."""
    counts: Counter[str] = Counter()
    for run in figures:
        counts.update(run["told"])
    quiet = counts.pop("nothing", 0)
    errors = ", ".join(f"`{name}` {count:,}" for name, count in counts.most_common())
    return (
        f"Told when a write or sync failed: {errors}; nothing in {quiet:,} runs, where the change was durable already, "
        "or what failed is made good later."
    )


def with_table(text: str, new: str) -> str:
    """Return the document with the part between the marks replaced.

    Raises:
        ValueError: the marks are not there.
    """
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("the marks of the table are not in the document")
    return f"{before}{BEGIN}\n{new}\n{END}{after}"


if __name__ == "__main__":
    reliability()
