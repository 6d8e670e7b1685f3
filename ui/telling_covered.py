"""Tells the process before this one, by one line, once this window's cover has been painted."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.successor import tell_covered

LOOK_AGAIN = 10  # milliseconds


def tell_when_covered(window: QWidget) -> None:
    """Look until ``window`` stands on the screen, paint it, and tell."""
    timer = QTimer(window)
    timer.setInterval(LOOK_AGAIN)

    def look() -> None:
        if window.windowHandle().isExposed():
            timer.stop()
            window.repaint()
            tell_covered()

    timer.timeout.connect(look)
    timer.start()
