"""Hand-overs to others and the states they were in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from outreach_app.domain.referral import OPEN_STATES, Referral, ReferralStep
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, instant, instant_text, to_text

_SELECT = """
SELECT r.id, r.contact_id, c.short_name, r.recipient, r.partner, r.purpose, r.what, r.consent_id,
       r.without_consent_because, r.assessed_id, r.state, r.made_on, r.recorded_at
FROM referrals r JOIN contacts c ON c.id = r.contact_id
"""


def add_referral(db: Connection, referral: Referral, worker_id: str) -> None:
    """Keep a hand-over; its steps are kept one by one."""
    db.execute(
        "INSERT INTO referrals(id, contact_id, recipient, partner, purpose, what, consent_id, without_consent_because,"
        " assessed_id, state, made_on, worker_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            referral.id, referral.contact_id, referral.recipient, referral.partner, referral.purpose, referral.what,
            referral.consent_id, referral.without_consent_because, referral.assessed_id, referral.state,
            referral.made_on.isoformat(), worker_id, instant_text(referral.recorded_at),
        ),
    )  # fmt: skip


def add_step(db: Connection, referral_id: str, step: ReferralStep, worker_id: str, recorded_at: str) -> None:
    """Keep a state as the latest."""
    db.execute(
        "INSERT INTO referral_steps(referral_id, number, state, on_date, words, worker_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (referral_id, step.number, step.state, step.on_date.isoformat(), step.words, worker_id, recorded_at),
    )
    db.execute("UPDATE referrals SET state = ? WHERE id = ?", (step.state, referral_id))


def drop_last_step(db: Connection, referral_id: str) -> bool:
    """Take the latest state back, but never the first; returns whether there was one to take."""
    gone = db.execute(
        "DELETE FROM referral_steps WHERE referral_id = ?1 AND number > 1"
        " AND number = (SELECT max(number) FROM referral_steps WHERE referral_id = ?1)",
        (referral_id,),
    )
    db.execute(
        "UPDATE referrals SET state = (SELECT s.state FROM referral_steps s WHERE s.referral_id = referrals.id"
        " ORDER BY s.number DESC LIMIT 1) WHERE id = ?",
        (referral_id,),
    )
    return gone.rowcount == 1


def find_referral(db: Connection, referral_id: str) -> Referral:
    """Return a hand-over with its steps.

    Raises:
        NotFoundError: no such hand-over.
    """
    row = db.execute(f"{_SELECT} WHERE r.id = ?", (referral_id,)).fetchone()
    if row is None:
        raise NotFoundError
    return _with_steps(db, _referral(row))


def list_of_contact(db: Connection, contact_id: str) -> tuple[Referral, ...]:
    """Return a person's hand-overs with their steps, the latest first."""
    rows = db.execute(f"{_SELECT} WHERE r.contact_id = ? ORDER BY r.seq DESC", (contact_id,)).fetchall()
    return tuple(_with_steps(db, _referral(row)) for row in rows)


def list_resting_on(db: Connection, consent_id: str) -> tuple[Referral, ...]:
    """Return the open hand-overs that rest on a consent, with their steps."""
    rows = db.execute(f"{_SELECT} WHERE r.consent_id = ? ORDER BY r.seq", (consent_id,)).fetchall()
    return tuple(_with_steps(db, found) for found in map(_referral, rows) if found.is_open)


def list_open(db: Connection, limit: int) -> tuple[Referral, ...]:
    """Return hand-overs of which something is awaited, without their steps, the oldest first."""
    rows = db.execute(
        f"{_SELECT} WHERE r.state IN (SELECT value FROM json_each(?)) ORDER BY r.made_on, r.seq LIMIT ?",
        (to_text(sorted(OPEN_STATES)), limit),
    )
    return tuple(map(_referral, rows))


def _with_steps(db: Connection, referral: Referral) -> Referral:
    rows = db.execute(
        "SELECT s.number, s.state, s.on_date, s.words, coalesce(w.name, '') FROM referral_steps s"
        " LEFT JOIN workers w ON w.id = s.worker_id WHERE s.referral_id = ? ORDER BY s.number",
        (referral.id,),
    )
    steps = tuple(ReferralStep(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4]) for row in rows)
    return replace(referral, steps=steps)


def _referral(row: Any) -> Referral:
    (
        referral_id, contact_id, name, recipient, partner, purpose, what, consent_id, without, assessed_id, state,
        made_on, recorded_at,
    ) = row  # fmt: skip
    return Referral(
        referral_id, contact_id, name, recipient, partner, purpose, what, consent_id, without, assessed_id, state,
        date.fromisoformat(made_on), instant(recorded_at),
    )  # fmt: skip
