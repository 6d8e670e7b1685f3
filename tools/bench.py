"""The command behind `make bench`: runs tests/bench/*_bench.py and compares ratios within one run with their limits.

Each module has ``measure() -> dict[str, float]`` (named seconds) and
``RATIOS: dict[str, tuple[str, str, float]]`` (title -> numerator, denominator, limit).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import click

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "tests" / "bench"
REPORT = ROOT / "build" / "bench.json"


@dataclass(frozen=True)
class Ratio:
    """One measured ratio and the most it may be."""

    title: str
    value: float
    limit: float

    @property
    def held(self) -> bool:
        """Whether the ratio stays within its limit."""
        return self.value <= self.limit


@click.command()
@click.argument("names", nargs=-1)
def bench(names: tuple[str, ...]) -> None:
    """Measure all benches, or only those whose file name contains one of NAMES."""
    paths = [path for path in sorted(MODULES.glob("*_bench.py")) if not names or any(n in path.stem for n in names)]
    if not paths:
        raise click.UsageError("No bench of that name.")
    seconds, ratios = {}, []
    for path in paths:
        module = loaded(path)
        click.echo(f"measuring {path.stem}", err=True)
        measured: dict[str, float] = module.measure()
        seconds[path.stem] = measured
        ratios += compared(module.RATIOS, measured)
    _write(seconds, ratios)
    click.echo(table(seconds, ratios))
    if not all(ratio.held for ratio in ratios):
        sys.exit(1)


def compared(ratios: dict[str, tuple[str, str, float]], measured: dict[str, float]) -> list[Ratio]:
    """Return the ratios of one bench.

    Raises:
        KeyError: a ratio names something that was not measured.
    """
    return [
        Ratio(title, measured[numerator] / measured[denominator], limit)
        for title, (numerator, denominator, limit) in ratios.items()
    ]


def table(seconds: dict[str, dict[str, float]], ratios: Iterable[Ratio]) -> str:
    """Return seconds and ratios for people."""
    lines = [f"{name}.{what:<40} {value:>10.4f} s" for name, each in seconds.items() for what, value in each.items()]
    lines.append("")
    for ratio in ratios:
        verdict = "held" if ratio.held else "OVER ITS LIMIT"
        lines.append(f"{ratio.title:<60} {ratio.value:>7.2f}  limit {ratio.limit:>5.2f}  {verdict}")
    return "\n".join(lines)


def _write(seconds: dict[str, dict[str, float]], ratios: list[Ratio]) -> None:
    REPORT.parent.mkdir(exist_ok=True)
    rows = [{**asdict(ratio), "held": ratio.held} for ratio in ratios]
    REPORT.write_text(json.dumps({"seconds": seconds, "ratios": rows}, indent=2) + "\n")


def loaded(path: Path) -> ModuleType:
    """Return the bench in ``path`` as a module."""
    spec = importlib.util.spec_from_file_location(f"tests.bench.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    bench()
