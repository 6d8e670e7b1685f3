"""The end of everything that leaves: old pages and old backups follow what was taken out of the tables."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from outreach_app.errors import DiskFullError
from outreach_app.records import encounters, keeping
from outreach_app.services.parts import Parts
from outreach_app.services.progress import Progress, Report, silent
from outreach_app.vault import backups
from outreach_app.vault.backups import BackupInfo

T = TypeVar("T")


def begin_leaving(parts: Parts) -> None:
    """Remember that old pages and backups must follow; in the transaction that takes content away."""
    keeping.begin_leaving(parts.vault.connection, parts.now_text())


def finish_leaving(parts: Parts, report: Report = silent, cancel: Event | None = None) -> None:
    """Write the database anew, make a fresh backup and destroy the older ones; nothing to do when nothing left.

    Raises:
        CancelledError, DiskFullError, DiskFaultError: what left is out of the tables already; run it again.
    """
    with parts.vault.read() as db:
        if not keeping.is_leaving(db):
            return
    with parts.vault.transaction() as db:
        encounters.forget_deleted_words(db)
    cancelled = None if cancel is None else cancel.is_set
    _with_room(parts, lambda: parts.vault.rebuild(progress=_told(report, "rebuilding"), cancelled=cancelled))
    made = _with_room(parts, lambda: _backup(parts, report, cancelled))
    backups.destroy_all_but(parts.vault.folder, made.name)
    with parts.vault.transaction() as db:
        keeping.end_leaving(db)
        parts.vault.audit("rebuilt")


def _with_room(parts: Parts, work: Callable[[], T]) -> T:
    """Run ``work``; on a full disk the older backups go first, as they must in any case; the newest stays."""
    try:
        return work()
    except DiskFullError:
        newest = backups.last_good(parts.vault.folder)
        if newest is None:
            raise
        backups.destroy_all_but(parts.vault.folder, newest.name)
        return work()


def _backup(parts: Parts, report: Report, cancelled: Callable[[], bool] | None) -> BackupInfo:
    return backups.make_backup(
        parts.vault, clock=parts.clock, kind=backups.FRESH, progress=_told(report, "backing_up"), cancelled=cancelled
    )


def _told(report: Report, phase: str) -> Callable[[int, int], None]:
    return lambda done, total: report(Progress(phase, done, total))
