"""Counts without rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outreach_app.domain.tally import Tally
from outreach_app.records.rows import Connection, from_text, to_text


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A tally with its id and who counted."""

    id: str
    worker_id: str
    tally: Tally


_SELECT = (
    "SELECT t.id, t.worker_id, t.shift_date, t.setting, t.region, t.people, t.count, t.leaflets, t.help_given"
    " FROM tallies t"
)


def add_tally(db: Connection, tally_id: str, tally: Tally, worker_id: str, recorded_at: str) -> None:
    """Keep a tally."""
    db.execute(
        "INSERT INTO tallies(id, shift_date, setting, region, people, count, leaflets, help_given, worker_id,"
        " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            tally_id, tally.shift_date.isoformat(), tally.setting, tally.region, tally.group, tally.count,
            to_text(dict(tally.leaflets)), to_text(tally.help_given), worker_id, recorded_at,
        ),
    )  # fmt: skip


def find_growing(db: Connection, tally: Tally, worker_id: str) -> TallyRow | None:
    """Return the count of the same day, setting, region and group that has not left yet."""
    found = _rows(
        db,
        _SELECT + " WHERE t.shift_date = ? AND t.setting = ? AND t.region = ? AND t.people = ? AND t.worker_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM batch_records b WHERE b.record_id = t.id) LIMIT 1",
        (tally.shift_date.isoformat(), tally.setting, tally.region, tally.group, worker_id),
    )
    return found[0] if found else None


def change_tally(db: Connection, tally_id: str, tally: Tally) -> None:
    """Replace the counts of a tally that has not left yet."""
    db.execute(
        "UPDATE tallies SET count = ?, leaflets = ?, help_given = ? WHERE id = ?",
        (tally.count, to_text(dict(tally.leaflets)), to_text(tally.help_given), tally_id),
    )


def list_tallies(db: Connection, limit: int = 100) -> tuple[TallyRow, ...]:
    """Return tallies, newest first."""
    return _rows(db, _SELECT + " ORDER BY t.seq DESC LIMIT ?", (limit,))


def list_unbatched_tallies(db: Connection) -> tuple[TallyRow, ...]:
    """Return tallies that are in no batch that counts, oldest first."""
    return _rows(
        db,
        _SELECT + " WHERE NOT EXISTS (SELECT 1 FROM live_batch_records b WHERE b.record_id = t.id) ORDER BY t.seq",
        (),
    )


def _rows(db: Connection, sql: str, parameters: tuple[object, ...]) -> tuple[TallyRow, ...]:
    return tuple(
        TallyRow(
            row[0],
            row[1],
            Tally(
                date.fromisoformat(row[2]), row[3], row[4], row[5], row[6],
                from_text(row[7], dict[str, int]), from_text(row[8], tuple[str, ...]),
            ),
        )
        for row in db.execute(sql, parameters)
    )  # fmt: skip
