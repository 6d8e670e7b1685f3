"""Dated to-dos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outreach_app.domain.encounter import FollowUp
from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An open to-do with the note and the contact it belongs to."""

    id: str
    encounter_id: str
    due_on: date
    what: str
    contact_name: str


def add_follow_up(db: Connection, follow_up_id: str, encounter_id: str, follow_up: FollowUp) -> None:
    """Keep a to-do."""
    db.execute(
        "INSERT INTO follow_ups(id, encounter_id, due_on, what) VALUES (?, ?, ?, ?)",
        (follow_up_id, encounter_id, follow_up.due_on.isoformat(), follow_up.what),
    )


def close_follow_ups_of(db: Connection, encounter_id: str, closed_at: str) -> None:
    """Close the open to-dos of a note: its amended version brings its own."""
    db.execute(
        "UPDATE follow_ups SET closed_at = ? WHERE encounter_id = ? AND closed_at IS NULL", (closed_at, encounter_id)
    )


def close_follow_up(db: Connection, follow_up_id: str, closed_at: str) -> None:
    """Close one to-do; the date of an earlier closing stays."""
    db.execute(
        "UPDATE follow_ups SET closed_at = ? WHERE id = ? AND closed_at IS NULL", (closed_at, follow_up_id)
    )


def reopen_follow_up(db: Connection, follow_up_id: str) -> None:
    """Open a to-do again; one of a superseded version stays closed, the newer version has its own."""
    db.execute(
        "UPDATE follow_ups SET closed_at = NULL WHERE id = ? AND NOT EXISTS"
        " (SELECT 1 FROM follow_ups newer WHERE newer.encounter_id = follow_ups.encounter_id"
        " AND newer.rowid > follow_ups.rowid)",
        (follow_up_id,),
    )


def count_open(db: Connection, until: date) -> int:
    """Return how many open to-dos are due on or before ``until``."""
    row = db.execute("SELECT count(*) FROM follow_ups WHERE closed_at IS NULL AND due_on <= ?", (until.isoformat(),))
    return int(row.fetchone()[0])


def list_open(db: Connection, until: date, *, limit: int = 100) -> tuple[FollowUpRow, ...]:
    """Return open to-dos due on or before ``until``, the most urgent first; nobody reads thousands at once."""
    rows = db.execute(
        "SELECT f.id, f.encounter_id, f.due_on, f.what, coalesce(c.short_name, '') FROM follow_ups f"
        " JOIN encounters e ON e.id = f.encounter_id LEFT JOIN contacts c ON c.id = e.contact_id"
        " WHERE f.closed_at IS NULL AND f.due_on <= ? ORDER BY f.due_on, f.rowid LIMIT ?",
        (until.isoformat(), limit),
    )
    return tuple(FollowUpRow(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4]) for row in rows)
