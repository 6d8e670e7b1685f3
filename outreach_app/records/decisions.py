"""Decisions of CMM, the Immigration Service and courts about a contact, each with what became of the entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.decision import Decision
from outreach_app.records.rows import Connection, instant, instant_or_none

_SELECT = (
    "SELECT id, maker, outcome, decided_on, words, worker_id, recorded_at, taken_back_at FROM decisions"
)


def add_decision(db: Connection, contact_id: str, decision: Decision, recorded_at: str) -> None:
    """Keep a decision."""
    db.execute(
        "INSERT INTO decisions(id, contact_id, maker, outcome, decided_on, words, worker_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            decision.id, contact_id, decision.maker, decision.outcome, decision.decided_on.isoformat(), decision.words,
            decision.worker_id, recorded_at,
        ),
    )  # fmt: skip


def list_decisions(db: Connection, contact_id: str) -> tuple[Decision, ...]:
    """Return every decision written down about a contact, also those taken back, the newest first."""
    rows = db.execute(f"{_SELECT} WHERE contact_id = ? ORDER BY decided_on DESC, recorded_at DESC", (contact_id,))
    return tuple(_decision(row) for row in rows)


def find_contact_of(db: Connection, decision_id: str) -> str | None:
    """Return whom a decision is about."""
    row = db.execute("SELECT contact_id FROM decisions WHERE id = ?", (decision_id,)).fetchone()
    return None if row is None else str(row[0])


def set_taken_back(db: Connection, decision_id: str, taken_back_at: str | None) -> None:
    """Say that an entry was a mistake, or that it was none after all."""
    db.execute("UPDATE decisions SET taken_back_at = ? WHERE id = ?", (taken_back_at, decision_id))


def _decision(row: Any) -> Decision:
    return Decision(
        row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5], instant(row[6]), instant_or_none(row[7])
    )
