"""Compares the branch coverage of each package with its floor in coverage_floors.toml; floors only rise."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tools" / "coverage_floors.toml"
PER_CENT = 100.0


@click.command()
@click.option("--raise", "lift", is_flag=True, help="Lift each floor to what was reached.")
def check_coverage(lift: bool) -> None:
    """Fail when a package has fallen below its floor, or has none."""
    floors = read_floors(FLOORS.read_text())
    reached = by_package(_measured())
    if lift:
        text = FLOORS.read_text()
        FLOORS.write_text(text[: text.index("[floors]")] + as_toml(raised(floors, reached)))
        return
    click.echo(table(floors, reached))
    failures = problems(floors, reached)
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(1)


def package_of(path: str) -> str:
    """Return the package a source file counts for: ``ui``, ``outreach_app`` (its own files) or ``outreach_app/x``."""
    parts = path.replace("\\", "/").split("/")
    return parts[0] if parts[0] != "outreach_app" or len(parts) == 2 else "/".join(parts[:2])


def by_package(report: dict[str, Any]) -> dict[str, float]:
    """Return per cent of lines and branches taken together, for each package of a coverage JSON report."""
    there: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for path, file in report["files"].items():
        summary = file["summary"]
        there[package_of(path)] += summary["num_statements"] + summary["num_branches"]
        taken[package_of(path)] += summary["covered_lines"] + summary["covered_branches"]
    return {name: PER_CENT * taken[name] / total if total else PER_CENT for name, total in sorted(there.items())}


def problems(floors: dict[str, float], reached: dict[str, float]) -> list[str]:
    """Return a sentence for each package below its floor, without one, or no longer there."""
    below = [
        f"{name}: {reached[name]:.2f} % is below its floor of {floor} %"
        for name, floor in floors.items()
        if name in reached and reached[name] < floor
    ]
    unknown = [f"{name}: has no floor in {FLOORS.name}" for name in reached if name not in floors]
    return below + unknown


def raised(floors: dict[str, float], reached: dict[str, float]) -> dict[str, float]:
    """Return the floors lifted to what was reached (rounded down to a tenth), never lowered."""
    names = sorted({*floors, *reached})
    return {name: max(floors.get(name, 0.0), math.floor(reached.get(name, 0.0) * 10) / 10) for name in names}


def read_floors(text: str) -> dict[str, float]:
    """Return the table ``[floors]``."""
    return {name: float(floor) for name, floor in tomllib.loads(text)["floors"].items()}


def as_toml(floors: dict[str, float]) -> str:
    """Return the table ``[floors]`` as text."""
    return "[floors]\n" + "".join(f'"{name}" = {floor:.1f}\n' for name, floor in sorted(floors.items()))


def table(floors: dict[str, float], reached: dict[str, float]) -> str:
    """Return the comparison for people."""
    lines = [f"{'package':<28}{'reached':>9}{'floor':>8}"]
    lines += [f"{name:<28}{per_cent:>8.2f}%{floors.get(name, 0.0):>7.1f}%" for name, per_cent in reached.items()]
    return "\n".join(lines)


def _measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)], cwd=ROOT, check=True)
        report: dict[str, Any] = json.loads(path.read_text())
        return report


if __name__ == "__main__":
    check_coverage()
