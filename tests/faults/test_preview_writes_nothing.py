"""Looking at leaflets writes no file: the system's tracer sees every file that is made or opened for writing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import tracing
from tests.support.previewing import LOOKED_AT, SCRIPTS

ROOT = Path(__file__).resolve().parents[2]
NO_FILES = {os.devnull, "/dev/tty"}
FORMATS_AT_LEAST = 9


def test_no_script_and_no_format_leaves_a_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    surroundings = {
        "HOME": str(home), "TMPDIR": str(home), "PATH": str(home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.support.previewing", str(home / "vault")]
    done = subprocess.run(
        tracing.traced(command, tmp_path / "trace"), cwd=home, env=surroundings, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    words, _space, pages = done.stdout.strip().rpartition(" ")
    assert words == LOOKED_AT
    assert int(pages) >= FORMATS_AT_LEAST + len(SCRIPTS) - 1
    assert tracing.files_written(tmp_path / "trace") - NO_FILES == set()
    assert list(home.rglob("*")) == []
