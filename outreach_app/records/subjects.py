"""What the random ids in the record of use stand for, as long as this laptop holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.records.rows import Connection, date_or_none, to_text

_NOTES = """
SELECT e.id, coalesce(c.short_name, ''), e.shift_date FROM encounters e LEFT JOIN contacts c ON c.id = e.contact_id
WHERE e.id IN (SELECT value FROM json_each(?))
"""
_NAMED = {
    "contact": "SELECT id, short_name FROM contacts WHERE id IN (SELECT value FROM json_each(?))",
    "place": "SELECT id, code FROM places WHERE id IN (SELECT value FROM json_each(?))",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """``kind``: note, contact or place; ``name``: short name or code (a note has its contact's); ``day``: of a note."""

    kind: str
    name: str
    day: date | None = None


def find_subjects(db: Connection, ids: Iterable[str]) -> Mapping[str, Subject]:
    """Return what is still known, by id."""
    wanted = to_text(sorted(set(ids)))
    found = {row[0]: Subject("note", row[1], date_or_none(row[2])) for row in db.execute(_NOTES, (wanted,))}
    for kind, query in _NAMED.items():
        found |= {row[0]: Subject(kind, row[1]) for row in db.execute(query, (wanted,))}
    return found


def worker_names(db: Connection) -> Mapping[str, str]:
    """Return the name of everyone who ever worked here, by slot id."""
    return {row[0]: row[1] for row in db.execute("SELECT id, name FROM workers")}
