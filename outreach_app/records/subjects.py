"""What the random ids in the record of use stand for, as long as this laptop holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.records.rows import Connection, date_or_none, to_text

_DATED = {
    "note": """
        SELECT e.id, coalesce(c.short_name, ''), e.shift_date FROM encounters e
        LEFT JOIN contacts c ON c.id = e.contact_id WHERE e.id IN (SELECT value FROM json_each(?))
        """,
    "follow_up": """
        SELECT f.id, coalesce(c.short_name, ''), e.shift_date FROM follow_ups f
        JOIN encounters e ON e.id = f.encounter_id
        LEFT JOIN contacts c ON c.id = e.contact_id WHERE f.id IN (SELECT value FROM json_each(?))
        """,
    "police_action": "SELECT id, '', shift_date FROM police_actions WHERE id IN (SELECT value FROM json_each(?))",
    "tally": "SELECT id, '', shift_date FROM tallies WHERE id IN (SELECT value FROM json_each(?))",
}
_NAMED = {
    "contact": "SELECT id, short_name FROM contacts WHERE id IN (SELECT value FROM json_each(?))",
    "place": "SELECT id, code FROM places WHERE id IN (SELECT value FROM json_each(?))",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """``kind`` is note, follow_up, tally, police_action, contact or place.

    ``name`` is a short name or code (a note and a follow-up have their contact's); ``day`` is that of what has one.
    """

    kind: str
    name: str
    day: date | None = None


def find_subjects(db: Connection, ids: Iterable[str]) -> Mapping[str, Subject]:
    """Return what is still known, by id."""
    wanted = to_text(sorted(set(ids)))
    found: dict[str, Subject] = {}
    for kind, query in _DATED.items():
        found |= {row[0]: Subject(kind, row[1], date_or_none(row[2])) for row in db.execute(query, (wanted,))}
    for kind, query in _NAMED.items():
        found |= {row[0]: Subject(kind, row[1]) for row in db.execute(query, (wanted,))}
    return found


def worker_names(db: Connection) -> Mapping[str, str]:
    """Return the name of everyone who ever worked here, by slot id."""
    return {row[0]: row[1] for row in db.execute("SELECT id, name FROM workers")}
