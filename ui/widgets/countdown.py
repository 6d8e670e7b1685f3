"""Counts seconds down, for a wait that is over by itself."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

EVERY = 1000  # milliseconds


class Countdown(QObject):
    """``counted`` carries the whole seconds that are left, each second; ``ended`` when none are."""

    counted = Signal(int)
    ended = Signal()

    def __init__(self, seconds_left: Callable[[], float], parent: QObject) -> None:
        """``seconds_left`` is asked each time; it may grow again, after another wrong try."""
        super().__init__(parent)
        self._seconds_left = seconds_left
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def runs(self) -> bool:
        """Tell whether there is something left to wait for."""
        return self._timer.isActive()

    def look(self) -> None:
        """Look how long it still is, and go on counting while there is something left."""
        left = math.ceil(self._seconds_left())
        if left > 0:
            self._timer.start()
            self.counted.emit(left)
        elif self.runs:
            self._timer.stop()
            self.ended.emit()
