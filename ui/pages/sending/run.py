"""One run at a time on the second pool: begin, how far it is, pause, go on, stop, and how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.context import Context

if TYPE_CHECKING:
    from outreach_app.services.progress import Progress

Work = Callable[[Callable[["Progress"], None], threading.Event, threading.Event], Any]
"""Takes report, cancel and pause; returns what the run did."""
Told = tuple[str, str]
"""The tone (calm, notice) and the sentence."""


class Run(QObject):
    """Whatever ends it, ``ended`` or ``failed`` comes once for each ``begin``; a lock that comes ends it in silence."""

    progressed = Signal(object)  # Progress
    ended = Signal(str, str)  # tone and sentence
    failed = Signal(object)  # Exception

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._cancel, self._pause = threading.Event(), threading.Event()
        self.running = False

    @property
    def paused(self) -> bool:
        """Whether it was asked to wait."""
        return self._pause.is_set()

    def begin(self, work: Work, told: Callable[[Any], Told]) -> None:
        """Begin; while one runs, nothing.

        Args:
            work: what runs on the second pool.
            told: how to say what it did.
        """
        if self.running:
            return
        self.running = True
        cancel, pause = self._cancel, self._pause = threading.Event(), threading.Event()
        report = self._context.tasks.marshalled(self.progressed.emit, self)
        self._context.tasks.run_free(
            lambda: work(report, cancel, pause), lambda result: self._ended(told(result)), self._failed, owner=self
        )

    def set_paused(self, *, paused: bool) -> None:
        """Wait between two steps, or go on."""
        if paused:
            self._pause.set()
        else:
            self._pause.clear()

    def stop(self) -> None:
        """End between two steps; what was handed over stays handed over."""
        self._cancel.set()

    def _ended(self, said: Told) -> None:
        self.running = False
        self.ended.emit(*said)

    def _failed(self, error: Exception) -> None:
        self.running = False
        if not self._context.tasks.stopping.is_set():  # the vault is closing: the next run goes on from there
            self.failed.emit(error)
