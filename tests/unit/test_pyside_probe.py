"""The installed PySide6 survives thousands of signal emits; 6.12.0 on Python 3.11 aborts after some hundred."""

from __future__ import annotations

import subprocess
import sys

EMITS = 5000
PROBE = f"""
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    sent = Signal(object)

application = QCoreApplication([])
sender = Sender()
for _ in range({EMITS}):
    sender.sent.emit(1)
print("survived", {EMITS})
"""


def test_signals_survive_many_emits() -> None:
    result = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stdout.strip()) == (0, f"survived {EMITS}"), result.stderr
