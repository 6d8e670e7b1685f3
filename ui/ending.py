"""Closes the window calmly when the system asks the program to end or its terminal goes: draft kept, vault closed."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


class EndOnSignal(QObject):
    """Lives as long as the window; the two sockets wake Qt's loop, which alone would never let Python look."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._ours, self._pythons = socket.socketpair()
        self._pythons.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._told)
        self._wakeup_before = signal.set_wakeup_fd(self._pythons.fileno())
        self._before = {number: signal.signal(number, _let_qt_see) for number in ENDING}

    def stop(self) -> None:
        """Leave signals as they were before."""
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._pythons.close()

    def _told(self) -> None:
        asked = self._ours.recv(16)
        if any(number in asked for number in ENDING):
            self._window.close()


def _let_qt_see(_number: int, _frame: object) -> None:
    """Do nothing here: the byte in the socket tells Qt's loop."""
