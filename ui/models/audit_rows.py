"""The record of use as rows of a table: when, who, what, about what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.audit_words import about_words, action_words
from ui.models.dates import moment_in_words
from ui.models.paged_rows import PagedRows
from ui.models.rows import AuditRow, SubjectRow

WHEN, WHO, WHAT, ABOUT = range(4)
HEADS = (N_("When"), N_("Who"), N_("What"), N_("About"))


@dataclass
class AuditNames:
    """What the random ids of entries stand for, as far as this laptop still knows."""

    workers: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, SubjectRow] = field(default_factory=dict)

    def know(self, workers: Mapping[str, str], subjects: Mapping[str, SubjectRow]) -> None:
        """Keep what was read for another page of entries."""
        self.workers.update(workers)
        self.subjects.update(subjects)

    def worker(self, worker_id: str) -> str:
        """Return a worker's name, or the beginning of the id of one who is not known here."""
        return isolated(self.workers.get(worker_id, "")) or _("unknown ({number})").format(number=worker_id[:6])


class AuditRows(PagedRows):
    """Entries newest first."""

    def __init__(self, names: AuditNames, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(HEADS, parent)
        self._names = names
        self._now = now

    def key_of(self, row: AuditRow) -> str:
        return str(row.seq)

    def entry_at(self, row: int) -> AuditRow:
        """Return the entry of a row."""
        entry: AuditRow = self._rows[row]
        return entry

    def text_of(self, row: AuditRow, column: int) -> str:
        if column == WHEN:
            now = self._now()
            return moment_in_words(local_moment(row.at, now.tzinfo), now.date())
        if column == WHO:
            return self._names.worker(row.worker)
        if column == WHAT:
            return action_words(row.action)
        return about_words(row, self._names.subjects.get(row.subject), self._names.workers, self._now())


def local_moment(at: str, zone: tzinfo | None) -> datetime:
    """Return a kept UTC instant in local time."""
    return datetime.fromisoformat(at).astimezone(zone)
