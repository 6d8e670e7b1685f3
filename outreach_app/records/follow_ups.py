"""Dated to-dos: what is due, what was put off with a reason, and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outreach_app.domain.encounter import FollowUp
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, date_or_none

ASK_ALONE = "ask_alone"  # she could not speak freely: ask again when she is alone
CHILD_CALL = "child_call"  # a child is to be helped at once and nothing was handed over yet: call


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An open to-do with the note and the contact it belongs to.

    ``kind`` is empty, ``ask_alone`` or ``child_call``; ``snoozed_until`` is set while it is put off, and
    ``snooze_reason`` says why.
    """

    id: str
    encounter_id: str
    due_on: date
    what: str
    contact_name: str
    kind: str = ""
    snoozed_until: date | None = None
    snooze_reason: str = ""


_DUE = (  # to ask again alone is told a day ahead, so that she is looked for on the next shift
    "f.closed_at IS NULL AND f.due_on <= :tomorrow AND (f.due_on <= :today OR f.kind = 'ask_alone')"
    " AND (f.snoozed_until IS NULL OR f.snoozed_until <= :today)"
)
_PUT_OFF = "f.closed_at IS NULL AND f.snoozed_until > :today"
_SELECT = """
SELECT f.id, f.encounter_id, f.due_on, f.what, coalesce(c.short_name, ''), f.kind, f.snoozed_until, f.snooze_reason
FROM follow_ups f JOIN encounters e ON e.id = f.encounter_id LEFT JOIN contacts c ON c.id = e.contact_id
"""


def add_follow_up(db: Connection, follow_up_id: str, encounter_id: str, follow_up: FollowUp, *, kind: str = "") -> None:
    """Keep a to-do; ``kind`` is empty for one a worker wrote, or ``ask_alone`` or ``child_call``."""
    db.execute(
        "INSERT INTO follow_ups(id, encounter_id, due_on, what, kind) VALUES (?, ?, ?, ?, ?)",
        (follow_up_id, encounter_id, follow_up.due_on.isoformat(), follow_up.what, kind),
    )


def close_follow_ups_of(db: Connection, encounter_id: str, closed_at: str, *, kind: str = "") -> None:
    """Close the open to-dos of one kind of a note: its amended version brings its own."""
    db.execute(
        "UPDATE follow_ups SET closed_at = ? WHERE encounter_id = ? AND kind = ? AND closed_at IS NULL",
        (closed_at, encounter_id, kind),
    )


def close_follow_up(db: Connection, follow_up_id: str, closed_at: str) -> None:
    """Close one to-do; the date of an earlier closing stays."""
    db.execute(
        "UPDATE follow_ups SET closed_at = ? WHERE id = ? AND closed_at IS NULL", (closed_at, follow_up_id)
    )


def reopen_follow_up(db: Connection, follow_up_id: str) -> None:
    """Open a to-do again; one of a superseded version stays closed, the newer version has its own of this kind."""
    db.execute(
        "UPDATE follow_ups SET closed_at = NULL WHERE id = ? AND NOT EXISTS"
        " (SELECT 1 FROM follow_ups newer WHERE newer.encounter_id = follow_ups.encounter_id"
        " AND newer.kind = follow_ups.kind AND newer.rowid > follow_ups.rowid)",
        (follow_up_id,),
    )


def snooze_follow_up(db: Connection, follow_up_id: str, until: date | None, reason: str) -> None:
    """Put an open to-do off until a day, or (None) no longer.

    Raises:
        NotFoundError: no such to-do is open.
    """
    changed = db.execute(
        "UPDATE follow_ups SET snoozed_until = ?, snooze_reason = ? WHERE id = ? AND closed_at IS NULL",
        (None if until is None else until.isoformat(), reason, follow_up_id),
    )
    if changed.rowcount == 0:
        raise NotFoundError


def count_due(db: Connection, today: date) -> int:
    """Return how many open to-dos are due and not put off."""
    row = db.execute(f"SELECT count(*) FROM follow_ups f WHERE {_DUE}", _on(today)).fetchone()
    return int(row[0])


def count_put_off(db: Connection, today: date) -> int:
    """Return how many open to-dos are put off, due or not."""
    row = db.execute(f"SELECT count(*) FROM follow_ups f WHERE {_PUT_OFF}", _on(today)).fetchone()
    return int(row[0])


def list_due(db: Connection, today: date, limit: int) -> tuple[FollowUpRow, ...]:
    """Return the most urgent open to-dos, a child to call for first; nobody reads thousands at once."""
    rows = db.execute(
        f"{_SELECT} WHERE {_DUE} ORDER BY f.kind <> 'child_call', f.due_on, f.snoozed_until, f.rowid LIMIT :limit",
        {**_on(today), "limit": limit},
    )
    return tuple(map(_row, rows))


def list_put_off(db: Connection, today: date, limit: int) -> tuple[FollowUpRow, ...]:
    """Return what is put off, what comes back first on top."""
    rows = db.execute(
        f"{_SELECT} WHERE {_PUT_OFF} ORDER BY f.snoozed_until, f.due_on, f.rowid LIMIT :limit",
        {**_on(today), "limit": limit},
    )
    return tuple(map(_row, rows))


def _on(today: date) -> dict[str, object]:
    return {"today": today.isoformat(), "tomorrow": _day_after(today).isoformat()}


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _row(row: Any) -> FollowUpRow:
    follow_up_id, encounter_id, due_on, what, name, kind, until, reason = row
    return FollowUpRow(
        follow_up_id, encounter_id, date.fromisoformat(due_on), what, name, kind, date_or_none(until), reason
    )
