"""A supervisor's look at notes: what waits for it, what was returned with a remark, and what was said about a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from outreach_app.records.rows import Connection, instant

REVIEWED, RETURNED = "reviewed", "returned"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A line of the queue; ``remark`` only where the note was returned; ``writer`` wrote the version that counts."""

    id: str
    version: int
    shift_date: date
    setting: str
    place_code: str
    contact_name: str
    state: str
    writer_id: str
    writer: str
    remark: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a supervisor said about one version of a note: ``reviewed`` or ``returned``."""

    version: int
    number: int
    verdict: str
    remark: str
    worker_name: str
    made_at: datetime


_LAST = (
    "(SELECT r.number FROM reviews r WHERE r.encounter_id = e.id AND r.version = e.version"
    " ORDER BY r.number DESC LIMIT 1)"
)
_FROM = f"""
FROM encounters e
LEFT JOIN reviews r ON r.encounter_id = e.id AND r.version = e.version AND r.number = {_LAST} AND r.verdict = 'returned'
"""
_OPEN = "WHERE e.state <> 'reviewed' AND NOT e.taken_back"  # one taken back is a draft again
_NOT_GONE = """AND NOT EXISTS
    (SELECT 1 FROM live_batch_records b WHERE b.record_id = e.id AND b.version = e.version)"""
_WAITS = f"{_OPEN} AND r.number IS NULL {_NOT_GONE}"
_RETURNED = (  # asked from the few verdicts there are, not from each note
    f"{_OPEN} AND e.id IN (SELECT encounter_id FROM reviews WHERE verdict = 'returned') AND r.number IS NOT NULL"
)
_ROWS = f"""
SELECT e.id, e.version, e.shift_date, e.setting, coalesce(p.code, ''), coalesce(c.short_name, ''), e.state,
       v.worker_id, coalesce(w.name, ''), coalesce(r.remark, '')
{_FROM}
JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version
LEFT JOIN workers w ON w.id = v.worker_id
LEFT JOIN places p ON p.id = e.place_id
LEFT JOIN contacts c ON c.id = e.contact_id
"""


def list_waiting(db: Connection, limit: int) -> tuple[ReviewRow, ...]:
    """Return notes nobody has looked at that have not left, oldest first: they have waited longest."""
    return tuple(map(_row, db.execute(f"{_ROWS} {_WAITS} ORDER BY e.seq LIMIT ?", (limit,))))


def count_waiting(db: Connection) -> int:
    """Return how many notes wait for a look."""
    return int(db.execute(f"SELECT count(*) {_FROM} {_WAITS}").fetchone()[0])


def count_held_back(db: Connection) -> int:
    """Return how many notes may not leave before a supervisor has looked at them, returned ones among them."""
    return int(db.execute(f"SELECT count(*) FROM encounters e {_OPEN} {_NOT_GONE}").fetchone()[0])


def list_returned(db: Connection, limit: int, writer_id: str | None = None) -> tuple[ReviewRow, ...]:
    """Return notes that were returned and not amended since, oldest first; of one writer, or of all."""
    mine = "" if writer_id is None else "AND v.worker_id = ?"
    parameters = (limit,) if writer_id is None else (writer_id, limit)
    return tuple(map(_row, db.execute(f"{_ROWS} {_RETURNED} {mine} ORDER BY e.seq LIMIT ?", parameters)))


def list_verdicts(db: Connection, note_id: str) -> tuple[Verdict, ...]:
    """Return everything supervisors said about a note, first to last."""
    rows = db.execute(
        "SELECT r.version, r.number, r.verdict, r.remark, coalesce(w.name, ''), r.made_at FROM reviews r"
        " LEFT JOIN workers w ON w.id = r.worker_id WHERE r.encounter_id = ? ORDER BY r.version, r.number",
        (note_id,),
    )
    return tuple(
        Verdict(version, number, verdict, remark, name, instant(at))
        for version, number, verdict, remark, name, at in rows
    )


def add_verdict(
    db: Connection, note_id: str, version: int, verdict: str, remark: str, worker_id: str, made_at: str
) -> None:
    """Keep a verdict on the version that counts; only ``reviewed`` lets the note's state follow."""
    db.execute(
        "INSERT INTO reviews(encounter_id, version, number, verdict, remark, worker_id, made_at)"
        " SELECT ?, ?, 1 + coalesce(max(number), 0), ?, ?, ?, ? FROM reviews WHERE encounter_id = ? AND version = ?",
        (note_id, version, verdict, remark, worker_id, made_at, note_id, version),
    )
    state = "'reviewed'" if verdict == REVIEWED else "iif(version = 1, 'finished', 'amended')"
    db.execute(f"UPDATE encounters SET state = {state} WHERE id = ?", (note_id,))


def keep_reviewed(db: Connection, note_id: str) -> None:
    """Let a note stay reviewed whose next version only takes something away."""
    db.execute("UPDATE encounters SET state = 'reviewed' WHERE id = ?", (note_id,))


def drop_last_verdict(db: Connection, note_id: str, version: int) -> bool:
    """Take the last verdict on a version back; returns False where there is none."""
    dropped = db.execute(
        "DELETE FROM reviews WHERE encounter_id = ? AND version = ? AND number ="
        " (SELECT max(number) FROM reviews WHERE encounter_id = ? AND version = ?)",
        (note_id, version, note_id, version),
    )
    db.execute(
        "UPDATE encounters SET state = iif(version = 1, 'finished', 'amended')"
        " WHERE id = ? AND version = ? AND state = 'reviewed'",
        (note_id, version),
    )
    return dropped.rowcount == 1


def _row(row: Any) -> ReviewRow:
    note_id, version, shift, *rest = row
    return ReviewRow(note_id, version, date.fromisoformat(shift), *rest)
