"""What another program on the same screen can take: a copied word until the lock, never what was only selected."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.copying_day import DRAFT
from tests.support.locked_windows import locked_windows

ROOT = Path(__file__).resolve().parents[2]
READER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
def read():
    board = app.clipboard()
    print(board.text(QClipboard.Mode.Clipboard) or "-", board.text(QClipboard.Mode.Selection) or "-", sep="\\n")
    app.quit()
QTimer.singleShot(0, read)
app.exec()
"""


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """Give an environment with a screen of the test's own."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(theirs,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours) as told:
        display = f":{told.readline().strip()}"
    yield {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    server.terminate()
    server.wait()


def taken(screen: dict[str, str]) -> list[str]:
    """Return what another program finds on the clipboard and as the selection."""
    done = subprocess.run(
        [sys.executable, "-c", READER], env=screen, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


@contextmanager
def working(screen: dict[str, str], vault: Path, stick: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.support.copying_day", str(vault), str(stick)]
    window = subprocess.Popen(command, cwd=stick, env=screen, stdout=subprocess.PIPE, text=True)
    try:
        yield window
    finally:
        window.kill()
        window.communicate()
        for pid in locked_windows(vault):
            os.kill(pid, 9)


def test_a_copied_word_is_gone_at_the_lock_and_a_selected_one_never_there(screen: dict[str, str], tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    with working(screen, vault, tmp_path) as window:
        assert window.stdout is not None
        said, _, seen = window.stdout.readline().strip().partition(", ")
        assert said == "copied"
        assert int(seen.split()[0]) >= 1, "the word was selected, so that it had to be taken away"
        assert taken(screen) == [DRAFT, "-"]
        (tmp_path / "go").touch()
        assert window.wait(60) == 0
        assert list(locked_windows(vault)) != []
        assert taken(screen) == ["-", "-"]
