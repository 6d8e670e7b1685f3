"""Locks: covers, keeps the draft, closes the vault, lets a fresh locked process take over, and ends this one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer

from ui.successor import Standing, Successor
from ui.tasks import TaskRunner

CUT_CHANGES_AFTER = 0.3  # seconds; a change still running then is interrupted and rolled back. The draft never is
LOOK_AGAIN = 20  # milliseconds
CLOSED_WITHIN = 3.0  # seconds; longer nobody waits for the vault where there is no successor
END_AFTER_MILLISECONDS = 10_000  # with or without a successor: the memory goes


class Opened(Protocol):
    """What is open while a window is unlocked: a laptop's vault, or the desk's register."""

    @property
    def is_open(self) -> bool:
        """Tell, from any thread, whether there is something to close."""
        ...

    def interrupt(self) -> None:
        """Stop what it is doing, from any thread."""
        ...

    def close(self) -> None:
        """Close it; runs on the vault thread."""
        ...


class Lockable(Protocol):
    """What a lock needs of a window's context."""

    @property
    def tasks(self) -> TaskRunner:
        """The threads."""
        ...

    @property
    def sessions(self) -> Opened:
        """Where what is open lies."""
        ...


class LockSteps(NamedTuple):
    """What the window does for a lock; handed in so that tests can stand in for the process."""

    cover: Callable[[], None]
    keep_draft: Callable[[], None]
    clear_clipboard: Callable[[], None]
    standing: Callable[[], Standing]
    start_successor: Callable[[Standing], Successor]
    end_process: Callable[[int], object]


class Locking(QObject):
    """One lock; asking again while it runs changes nothing."""

    def __init__(self, context: Lockable, steps: LockSteps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._steps = steps
        self._locking = False
        self._closed = threading.Event()
        self._begun_at = 0.0
        self._hurry = QTimer(self)
        self._hurry.setInterval(LOOK_AGAIN)
        self._hurry.timeout.connect(self._cut_short)

    @property
    def begun(self) -> bool:
        """Tell whether a lock is under way."""
        return self._locking

    def lock_now(self) -> None:
        """Cover at once, then everything else; the process ends when its successor's cover stands."""
        if self._locking:
            return
        self._locking = True
        self._steps.cover()
        self._steps.clear_clipboard()
        standing = self._steps.standing()
        self._close_vault()
        QTimer.singleShot(END_AFTER_MILLISECONDS, self, self._end)
        self._context.tasks.run_apart(lambda: self._take_over(standing), lambda _covered: self._end(), self._end_anyway)

    def close_down(self) -> None:
        """Keep the draft and close the vault without a successor (the window is closed, the system ends it)."""
        if self._locking:
            return
        self._locking = True
        self._steps.cover()
        self._steps.clear_clipboard()
        self._close_vault()
        while not self._closed.wait(LOOK_AGAIN / 1000) and self._passed() < CLOSED_WITHIN:
            self._cut_short()

    def _close_vault(self) -> None:
        tasks, sessions = self._context.tasks, self._context.sessions
        self._begun_at = time.monotonic()
        tasks.mark_end()
        if sessions.is_open:
            self._steps.keep_draft()

        def close() -> None:
            try:
                sessions.close()
            finally:
                self._closed.set()

        tasks.run_vault(close, lambda _nothing: None, lambda _error: None)  # closing has no one left to tell
        self._hurry.start()
        self._cut_short()

    def _cut_short(self) -> None:
        """Let go what a lock need not wait for: questions and backups at once, other changes after a moment."""
        late = self._passed() >= CUT_CHANGES_AFTER
        if not self._context.tasks.cut_short(self._context.sessions.interrupt, changes=late):
            self._hurry.stop()

    def _passed(self) -> float:
        return time.monotonic() - self._begun_at

    def _take_over(self, standing: Standing) -> bool:
        successor = self._steps.start_successor(standing)
        covered = successor.wait_covered()
        self._closed.wait(END_AFTER_MILLISECONDS / 1000)
        return covered

    def _end_anyway(self, _error: Exception) -> None:
        self._closed.wait(CLOSED_WITHIN)
        self._end()

    def _end(self) -> None:
        self._steps.end_process(0)
