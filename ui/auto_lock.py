"""Watches for keys and mouse moves: dim, cover, lock after times without any; at once when the laptop slept.

A mouse that moves over the cover is no sign of life: only what takes the cover away is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from outreach_app.clock import Clock
from outreach_app.settings import Times

TICK_MILLISECONDS = 1000
SLEPT_SECONDS = 20.0  # the wall clock ran on by so much more than the running time: the lid was closed
_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class AutoLock(QObject):
    """An application-wide event filter; time comes from the clock handed in, a time of 0 means never."""

    dimmed = Signal(bool)
    cover_due = Signal()
    lock_due = Signal()

    def __init__(
        self, clock: Clock, times: Callable[[], Times], watched: QObject, parent: QObject | None = None, *,
        covered: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """``times`` gives the times in force now; ``watched`` is the application; ``covered`` tells of the cover."""
        super().__init__(parent)
        self._watched = watched
        self._clock = clock
        self._times = times
        self._covered = covered
        self._last_life = clock.running_seconds()
        self._wall_before = clock.now()
        self._running_before = clock.running_seconds()
        self._stage = 0  # 0 awake, 1 dimmed, 2 covered, 3 locked
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MILLISECONDS)
        self._timer.timeout.connect(self.tick)

    def watch(self) -> None:
        """Begin; called when the vault has been opened."""
        self._watched.installEventFilter(self)
        self._last_life = self._running_before = self._clock.running_seconds()
        self._wall_before = self._clock.now()
        self._stage = 0
        self._timer.start()

    def rest(self) -> None:
        """Stop watching; called when there is nothing open to protect."""
        self._timer.stop()
        self._watched.removeEventFilter(self)
        self.dimmed.emit(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _LIFE and not self._covered():
            self.touch()
        return False

    def touch(self) -> None:
        """Begin the times anew."""
        self._last_life = self._clock.running_seconds()
        if self._stage == 1:
            self.dimmed.emit(False)
        self._stage = 0

    def tick(self) -> None:
        """Look at the time once."""
        if self._slept():
            self._stage = 3
            self.lock_due.emit()
            return
        idle = self._clock.running_seconds() - self._last_life
        chosen = self._times()
        for stage, after, tell in (
            (3, chosen.lock_after, self.lock_due.emit),
            (2, chosen.cover_after, self.cover_due.emit),
            (1, chosen.dim_after, self._dim),
        ):
            if after and idle >= after:
                if self._stage < stage:
                    self._stage = stage
                    tell()
                return

    def _dim(self) -> None:
        if not self._covered():
            self.dimmed.emit(True)

    def _slept(self) -> bool:
        wall, running = self._clock.now(), self._clock.running_seconds()
        passed_wall = (wall - self._wall_before).total_seconds()
        passed_running = running - self._running_before
        self._wall_before, self._running_before = wall, running
        return passed_wall - passed_running > SLEPT_SECONDS or passed_running > SLEPT_SECONDS + TICK_MILLISECONDS / 1000
