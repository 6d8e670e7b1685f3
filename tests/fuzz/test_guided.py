"""A minute of coverage-guided fuzzing of the readers of batches, receipts and packs; an hour with OUTREACH_FAULTS=all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1200 if os.environ.get("OUTREACH_FAULTS") == "all" else 20
STARTING = 240  # most seconds until the fuzzer has begun, on a machine that is busy
READERS = ("batch", "receipt", "pack")

pytestmark = pytest.mark.timeout(SECONDS + STARTING + 30)


@pytest.mark.parametrize("reader", READERS)
def test_nothing_but_known_errors_comes_out(reader: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.guided", reader, str(SECONDS), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS + STARTING)
    found = [path.name for path in tmp_path.iterdir() if path.name != "corpus"]
    assert (done.returncode, found) == (0, []), done.stderr[-4000:]
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    assert tried is not None
    assert int(tried.group(1)) > 100, "the fuzzer hardly ran"


def test_a_find_would_be_told(tmp_path: Path) -> None:
    """The fuzzer's own check: a reader that breaks is found and its bytes are kept."""
    program = (
        "import tests.fuzz.guided as g\n"
        "def broken(data):\n"
        "    if data[:1] == b'{': raise ValueError('found')\n"
        "g.READERS['receipt'] = ((broken,), g.READERS['receipt'][1])\n"
        f"g.main('receipt', '5', {str(tmp_path)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=STARTING)
    assert done.returncode != 0
    assert [path for path in tmp_path.iterdir() if path.name.startswith("crash-")]
