"""No other program of the same user reads the memory of this one, and a crash leaves no core file, window and command alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AS_ANYBODY = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
PROGRAM = (sys.executable, "-m", "outreach_app")


def read_memory_of(how: str, *command: str, folder: Path) -> list[str]:
    reader = [*AS_ANYBODY, sys.executable, "-m", "tests.support.memory_reader", how, *command]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(reader, cwd=folder, env=surroundings, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.split()


def test_a_command_is_closed_before_it_has_a_passphrase(tmp_path: Path) -> None:
    command = (*PROGRAM, "--vault", str(tmp_path / "vault"), "--passphrase-stdin", "vault", "create")
    assert read_memory_of("wait", *command, folder=tmp_path) == ["closed", "no-core"]
    assert list(tmp_path.glob("core*")) == []


def test_the_window_is_closed_when_it_stands(tmp_path: Path) -> None:
    command = (*PROGRAM, "window", "--vault", str(tmp_path / "vault"), "--tell-covered")
    assert read_memory_of("told", *command, folder=tmp_path) == ["closed", "no-core"]
    assert list(tmp_path.glob("core*")) == []


def test_another_process_is_open_so_that_the_test_can_fail(tmp_path: Path) -> None:
    plain = (sys.executable, "-c", "print(flush=True); input()")
    assert read_memory_of("told", *plain, folder=tmp_path)[0] == "open"
