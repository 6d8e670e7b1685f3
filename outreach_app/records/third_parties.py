"""Facts about perpetrators and customers: kept with a note and apart from it; no batch, export or figure reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.third_party import ThirdParty
from outreach_app.records.rows import Connection

_SELECT = """
SELECT t.id, t.encounter_id, e.shift_date, t.role, t.offence, t.words, w.name FROM third_parties t
JOIN encounters e ON e.id = t.encounter_id JOIN workers w ON w.id = t.worker_id
"""


def add_third_party(
    db: Connection, row_id: str, note_id: str, role: str, words: str, worker_id: str, recorded_at: str, *, offence: bool
) -> None:
    """Keep a fact about somebody else."""
    db.execute(
        "INSERT INTO third_parties(id, encounter_id, role, offence, words, worker_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row_id, note_id, role, int(offence), words, worker_id, recorded_at),
    )


def find_third_party(db: Connection, row_id: str) -> ThirdParty | None:
    """Return one fact by its id."""
    row = db.execute(f"{_SELECT} WHERE t.id = ?", (row_id,)).fetchone()
    return None if row is None else _third_party(row)


def list_third_parties(db: Connection, *, note_id: str = "", contact_id: str = "") -> tuple[ThirdParty, ...]:
    """Return the facts kept with a note, or with any note of a contact, the latest note first."""
    rows = db.execute(
        f"{_SELECT} WHERE t.encounter_id = ? OR e.contact_id = ? ORDER BY e.seq DESC, t.recorded_at, t.id",
        (note_id, contact_id),
    )
    return tuple(_third_party(row) for row in rows)


def drop_third_party(db: Connection, row_id: str) -> None:
    """Take a fact out."""
    db.execute("DELETE FROM third_parties WHERE id = ?", (row_id,))


def _third_party(row: Any) -> ThirdParty:
    return ThirdParty(row[0], row[1], date.fromisoformat(row[2]), row[3], bool(row[4]), row[5], row[6])
