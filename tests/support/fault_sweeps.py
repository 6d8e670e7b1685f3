"""Starts the sweeps of ``fault_runs`` in processes of their own; how wide they are is told by the environment.

``make test`` takes a sample; ``make faults`` sets ``OUTREACH_FAULTS=all``: the program is killed, and fails, at every call, the
power is cut many times more, and the figures are kept in ``build/faults`` for ``docs/reliability.md``.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import fault_shim
from tests.support.fault_table import OPERATIONS

ROOT = Path(__file__).resolve().parents[2]
SWITCH = "OUTREACH_FAULTS"
KEPT = ROOT / "build" / "faults"


@dataclass(frozen=True)
class Width:
    """Power cuts of each operation; at most so many calls at which it is killed, or failed; seed; seconds it may take."""

    cuts: int
    places: int
    seed: int
    seconds: int


SAMPLE = Width(cuts=20, places=4, seed=3, seconds=280)
ALL = Width(cuts=600, places=100_000, seed=3, seconds=3600)


def width() -> Width:
    return ALL if os.environ.get(SWITCH) == "all" else SAMPLE


def sweep(library: Path, operation: str, base: Path, wide: Width | None = None) -> dict[str, Any]:
    """Run one operation under every fault, as wide as the environment says unless told, and return its figures."""
    wide = wide or width()
    arguments = [operation, str(base), str(wide.cuts), str(wide.places), str(wide.seed)]
    command, environment = fault_shim.command_and_environment(library, ["-m", "tests.support.fault_runs", *arguments])
    ran = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=wide.seconds
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-4000:]
    figures: dict[str, Any] = json.loads(ran.stdout)
    if wide is ALL:
        KEPT.mkdir(parents=True, exist_ok=True)
        order = [kind.name for kind in OPERATIONS].index(operation)
        told = {**figures, "seed": wide.seed, "places": wide.places, "order": order}
        (KEPT / f"{order:02d}.json").write_text(json.dumps(told, indent=1))
    return figures
