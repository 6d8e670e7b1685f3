"""Who and what the record of use speaks of: names for its random ids, which themselves leave no trace in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outreach_app.records import subjects
from outreach_app.records.subjects import Subject
from outreach_app.services.parts import Parts


class Subjects:
    """Reads only what every list shows: short names, codes and days."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_subjects(self, ids: Iterable[str]) -> Mapping[str, Subject]:
        """Return the notes, contacts and places among ``ids`` that this laptop still holds."""
        with self._parts.vault.read():
            return subjects.find_subjects(self._parts.vault.connection, ids)

    def worker_names(self) -> Mapping[str, str]:
        """Return names by worker id, those who left included."""
        with self._parts.vault.read():
            return subjects.worker_names(self._parts.vault.connection)
