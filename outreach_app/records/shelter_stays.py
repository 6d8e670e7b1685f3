"""Stays at shelters: when somebody came and left, and a code for where, never an address."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.shelter_stay import ShelterStay
from outreach_app.records.rows import Connection, date_or_none


def keep_stay(db: Connection, stay: ShelterStay, worker_id: str, recorded_at: str) -> None:
    """Keep a stay, new or changed."""
    db.execute(
        "INSERT INTO shelter_stays(id, contact_id, shelter, entered_on, left_on, worker_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET shelter = excluded.shelter,"
        " entered_on = excluded.entered_on, left_on = excluded.left_on, worker_id = excluded.worker_id,"
        " recorded_at = excluded.recorded_at",
        (
            stay.id, stay.contact_id, stay.shelter, stay.entered_on.isoformat(),
            None if stay.left_on is None else stay.left_on.isoformat(), worker_id, recorded_at,
        ),
    )  # fmt: skip


def find_stay(db: Connection, stay_id: str) -> ShelterStay | None:
    """Return a stay by its id."""
    row = db.execute(
        "SELECT id, contact_id, shelter, entered_on, left_on FROM shelter_stays WHERE id = ?", (stay_id,)
    ).fetchone()
    return None if row is None else _stay(row)


def list_stays(db: Connection, contact_id: str) -> tuple[ShelterStay, ...]:
    """Return the stays of a contact, the latest first."""
    rows = db.execute(
        "SELECT id, contact_id, shelter, entered_on, left_on FROM shelter_stays WHERE contact_id = ?"
        " ORDER BY entered_on DESC, recorded_at DESC, id",
        (contact_id,),
    )
    return tuple(_stay(row) for row in rows)


def list_shelters(db: Connection) -> tuple[str, ...]:
    """Return the codes in use, in order."""
    return tuple(row[0] for row in db.execute("SELECT DISTINCT shelter FROM shelter_stays ORDER BY shelter"))


def drop_stay(db: Connection, stay_id: str) -> None:
    """Take a stay out."""
    db.execute("DELETE FROM shelter_stays WHERE id = ?", (stay_id,))


def sum_days(db: Connection) -> tuple[int, int, int]:
    """Return how many stays are over, their days altogether, and how many are not over."""
    row = db.execute(
        "SELECT count(left_on), coalesce(sum(julianday(left_on) - julianday(entered_on)), 0), count(*) - count(left_on)"
        " FROM shelter_stays"
    ).fetchone()
    return int(row[0]), round(row[1]), int(row[2])


def _stay(row: Any) -> ShelterStay:
    return ShelterStay(row[0], row[1], row[2], date.fromisoformat(row[3]), date_or_none(row[4]))
