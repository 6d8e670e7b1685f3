"""When workers want to be reminded to call in; each has one open at most."""

from __future__ import annotations

from datetime import datetime

from outreach_app.domain.check_in import CheckIn
from outreach_app.records.rows import Connection, instant, instant_text


def add_check_in(db: Connection, check_in: CheckIn, worker_id: str) -> None:
    """Keep a new one."""
    db.execute(
        "INSERT INTO check_ins(id, worker_id, due_at, made_at) VALUES (?, ?, ?, ?)",
        (check_in.id, worker_id, instant_text(check_in.due_at), instant_text(check_in.made_at)),
    )


def find_open(db: Connection, worker_id: str) -> CheckIn | None:
    """Return the one a worker has open."""
    row = db.execute(
        "SELECT id, due_at, made_at FROM check_ins WHERE worker_id = ? AND done_at IS NULL", (worker_id,)
    ).fetchone()
    return None if row is None else CheckIn(row[0], instant(row[1]), instant(row[2]))


def move_check_in(db: Connection, check_in_id: str, due_at: datetime) -> None:
    """Remind at another time."""
    db.execute("UPDATE check_ins SET due_at = ? WHERE id = ?", (instant_text(due_at), check_in_id))


def close_check_in(db: Connection, check_in_id: str, done_at: str) -> None:
    """Note that the worker called in, or wants no reminder."""
    db.execute("UPDATE check_ins SET done_at = ? WHERE id = ?", (done_at, check_in_id))
