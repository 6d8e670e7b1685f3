"""Police actions the team was called to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach_app.domain.police_action import PoliceAction, PoliceFigures
from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class PoliceActionRow:
    """A police action with its id and who wrote it down."""

    id: str
    worker_id: str
    action: PoliceAction


_COLUMNS = "shift_date, district, region, met, talked_to, words"


def add_action(db: Connection, action_id: str, action: PoliceAction, worker_id: str, recorded_at: str) -> None:
    """Keep a police action."""
    db.execute(
        f"INSERT INTO police_actions(id, worker_id, recorded_at, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (action_id, worker_id, recorded_at, *_values(action)),
    )


def change_action(db: Connection, action_id: str, action: PoliceAction) -> None:
    """Replace what was noted."""
    db.execute(
        "UPDATE police_actions SET shift_date = ?, district = ?, region = ?, met = ?, talked_to = ?, words = ?"
        " WHERE id = ?",
        (*_values(action), action_id),
    )


def drop_action(db: Connection, action_id: str) -> None:
    """Forget a police action."""
    db.execute("DELETE FROM police_actions WHERE id = ?", (action_id,))


def find_action(db: Connection, action_id: str) -> PoliceActionRow | None:
    """Return a police action by its id."""
    row = db.execute(f"SELECT id, worker_id, {_COLUMNS} FROM police_actions WHERE id = ?", (action_id,)).fetchone()
    return None if row is None else _row(row)


def list_actions(db: Connection, first: date, last: date, limit: int) -> tuple[PoliceActionRow, ...]:
    """Return what was noted from ``first`` to ``last``, both days included, the latest first."""
    rows = db.execute(
        f"SELECT id, worker_id, {_COLUMNS} FROM police_actions WHERE shift_date BETWEEN ? AND ?"
        " ORDER BY shift_date DESC, seq DESC LIMIT ?",
        (first.isoformat(), last.isoformat(), limit),
    )
    return tuple(map(_row, rows))


def find_figures(db: Connection, first: date, last: date) -> PoliceFigures:
    """Return how often the team was called from ``first`` to ``last``, both days included."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(met), 0), coalesce(sum(talked_to), 0) FROM police_actions"
        " WHERE shift_date BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return PoliceFigures(*row)


def _values(action: PoliceAction) -> tuple[object, ...]:
    return (
        action.shift_date.isoformat(), action.district, action.region, action.met, action.talked_to, action.words
    )  # fmt: skip


def _row(row: Any) -> PoliceActionRow:
    action_id, worker_id, day, *rest = row
    return PoliceActionRow(action_id, worker_id, PoliceAction(date.fromisoformat(day), *rest))
