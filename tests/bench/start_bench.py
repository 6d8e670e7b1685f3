"""From the start of the process to the unlock page on the screen, beside a bare PySide6 window, in turns."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from outreach_app.records import MIGRATIONS
from tests.support.vaults import new_vault

RATIOS = {"start to unlock page / bare PySide6 window": ("unlock page", "bare window", 1.5)}
_ROUNDS = 15
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
column = QVBoxLayout(window)
for part in (QLabel("Unlock"), QLineEdit(), QPushButton("Open")):
    column.addWidget(part)
window.resize(1366, 768)
window.show()
def look():
    if window.windowHandle().isExposed():
        window.repaint()
        print("covered", flush=True)
        app.quit()
timer = QTimer()
timer.setInterval(10)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def measure() -> dict[str, float]:
    """Return the quickest of several starts, in seconds."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "vault"
        new_vault(folder, MIGRATIONS).close()
        ours = [sys.executable, "-m", "outreach_app", "window", "--vault", str(folder), "--tell-covered"]
        bare = [sys.executable, "-c", _BARE]
        rounds = [(_until_shown(ours), _until_shown(bare)) for _ in range(_ROUNDS)]
    return {"unlock page": min(first for first, _ in rounds), "bare window": min(second for _, second in rounds)}


def _until_shown(command: list[str]) -> float:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs are compiled once, not at each start
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=surroundings)
    try:
        line = process.stdout.readline() if process.stdout is not None else b""
        seconds = time.perf_counter() - began
        if line.strip() != b"covered":
            raise RuntimeError("the window was not shown")
        return seconds
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
