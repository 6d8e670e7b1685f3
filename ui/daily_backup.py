"""Makes the day's backup by itself once the vault is open, quietly: whatever the worker does goes first.

Where letting go of something was cut short, it is finished first; that makes a fresh backup, too.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from outreach_app.errors import CancelledError
from ui.context import Context, changes_in

if TYPE_CHECKING:
    from outreach_app.services.session import Session

QUIET_MILLISECONDS = 10_000  # without a question to the vault, before the backup begins
MOST_GIVEN_WAY = 3  # after so many times the backup is made to its end; a lock stops it all the same


class DailyBackup(QObject):
    """Begins when the vault is opened; stops at once when something else is asked of the vault, and tries again."""

    ended = Signal(object)  # None when a backup was made or none was due, otherwise the error

    def __init__(self, context: Context, parent: QObject | None = None, *, quiet: int = QUIET_MILLISECONDS) -> None:
        super().__init__(parent)
        self._context = context
        self._give_way = threading.Event()
        self._running = False
        self._given_way = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(quiet)
        self._timer.timeout.connect(self._begin)
        context.navigation.unlocked.connect(self._timer.start)
        context.tasks.vault_asked.connect(self._somebody_waits)

    def _begin(self) -> None:
        if not self._context.unlocked or self._context.tasks.stopping.is_set():
            return
        self._give_way.clear()
        self._context.change_at_length(self._work, self._made, self._refused)
        self._running = True  # only now: asking for it must not look like another's question

    def _work(self, session: Session, stopping: Callable[[], bool]) -> object:
        if session.keeping.overview().unfinished:  # what left for good must not stay in older backups
            return session.keeping.finish_leaving(cancel=self._give_way)
        if not session.backing_up.is_due():
            return None
        return session.backing_up.backup_now(cancelled=lambda: stopping() or self._give_way.is_set())

    def _somebody_waits(self) -> None:
        if self._running and self._given_way < MOST_GIVEN_WAY:
            self._give_way.set()
        elif self._timer.isActive():
            self._timer.start()

    def _made(self, info: object) -> None:
        self._running = False
        if info is not None and changes_in(info) is None:
            changes = importlib.import_module("outreach_app.domain.changes").Changes(backups=True)
            self._context.changes_hub.changed.emit(changes)
        self.ended.emit(None)

    def _refused(self, error: Exception) -> None:
        self._running = False
        if isinstance(error, CancelledError):
            self._given_way += 1
            self._timer.start()
        else:
            self.ended.emit(error)
