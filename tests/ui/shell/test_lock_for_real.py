"""The whole lock with real processes: the old one ends, the new one stands locked, the draft lies in the vault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.support.shell import PASSPHRASE, make_shell

ROOT = Path(__file__).resolve().parents[3]

OLD_PROCESS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.support.shell import make_shell
from ui.successor import Successor

app = QApplication([])
shell = make_shell(app, Path(sys.argv[1]))
shell.open()
shell.window.frame.go_to("encounter").line.setText("words that must stay")

def start(standing):
    successor = Successor(standing)
    print(successor._process.pid, flush=True)
    return successor

locking = shell.window.locking
locking._steps = locking._steps._replace(start_successor=start, end_process=__import__("os")._exit)
QTimer.singleShot(0, shell.window.lock_now)
app.exec()
"""


def _alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_one_process_hands_over_to_the_next(qapp, tmp_path):
    began = time.perf_counter()
    old = subprocess.run(
        [sys.executable, "-c", OLD_PROCESS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60,
        check=False,
    )
    successor = int(old.stdout.split()[0])
    try:
        assert old.returncode == 0
        assert time.perf_counter() - began < 50
        assert _alive(successor)
        again = make_shell(qapp, tmp_path, page="encounter")  # while the new one stands locked, the vault is free
        again.open()
        assert [draft.fields for draft in again.drafts()] == [{"note": "words that must stay"}]
        again.end()
    finally:
        _end(successor)


def test_the_passphrase_is_never_an_argument(qapp, tmp_path):
    shell = make_shell(qapp, tmp_path)
    shell.open()
    arguments = " ".join(shell.window.standing().arguments())
    assert not any(word in arguments for word in PASSPHRASE.split())
    shell.end()
