"""A laptop that prints leaflets all day holds no more memory in the evening than in the morning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.many_leaflets import ROUND

ROOT = Path(__file__).resolve().parents[3]
LEAFLETS, WARMED_UP = 2000, 400
MOST_GROWTH = 8.0  # millions of bytes: the words of later formats are remembered, too


def test_two_thousand_leaflets_of_every_kind_leave_nothing_behind():
    command = [sys.executable, "-m", "tests.support.many_leaflets", str(LEAFLETS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=280)
    held = [float(line) for line in done.stdout.splitlines()]
    assert len(held) == LEAFLETS // ROUND
    assert max(held) - held[WARMED_UP // ROUND - 1] < MOST_GROWTH, held
