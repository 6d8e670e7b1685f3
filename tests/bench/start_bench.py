"""How long the program takes to show its unlock page, beside a bare PySide6 window, in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from outreach_app.program import Program
from outreach_app.vault.passphrase import generate_passphrase

ROUNDS = 9
BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

application = QApplication([])
application.setStyle("fusion")
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(1366, 768)
window.show()

def look():
    if window.windowHandle().isExposed():
        window.repaint()
        os.write(1, b"shown\\n")
        timer.stop()

timer = QTimer()
timer.timeout.connect(look)
timer.start(10)
application.exec()
"""
RATIOS = {"start to unlock page / bare PySide6 window": ("unlock_page", "bare_window", 1.5)}


def measure() -> dict[str, float]:
    """Return the median seconds from starting the process to the first painted window; rounds alternate."""
    with tempfile.TemporaryDirectory(prefix="outreach-start-") as folder:
        vault = Path(folder) / "vault"
        Program(vault).create_vault(generate_passphrase(), worker_name="AB").close()
        # --tell-covered without --locked writes its line when the first page (here: unlock) is painted
        ours = [sys.executable, "-m", "outreach_app", "window", "--vault", str(vault), "--tell-covered"]
        bare = [sys.executable, "-c", BARE]
        rounds = [(_seconds_to_first_line(ours, folder), _seconds_to_first_line(bare, folder)) for _ in range(ROUNDS)]
        del rounds[0]  # the first of each fills the caches of compiled modules
    return {
        "unlock_page": statistics.median(first for first, _ in rounds),
        "bare_window": statistics.median(second for _, second in rounds),
    }


def _seconds_to_first_line(command: list[str], home: str) -> float:
    surroundings = {
        **os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{home}/compiled",  # both start from compiled modules
    }  # fmt: skip
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=surroundings) as process:
        try:
            line = process.stdout.readline() if process.stdout else b""
            taken = time.monotonic() - begun
        finally:
            process.kill()
    if not line:
        raise RuntimeError(f"{command[:3]} ended without showing a window")
    return taken
