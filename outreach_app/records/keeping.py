"""Where every note stands between staying and leaving, and the notes somebody keeps with a reason.

One query gives the facts of all notes at once; what they mean is ``domain.keeping``'s to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.keeping import PREVIEW_DAYS, HeldBecause, KeepingPolicy, Situation
from outreach_app.records.rows import Connection

_ID = re.compile("[0-9a-f]{32}")
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"  # as receipts write it


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note with what a list shows of it and where it stands."""

    id: str
    contact_id: str | None
    contact_name: str
    shift_date: date
    situation: Situation
    kept_reason: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact without notes; ``since`` is when her last note left, or when she was written down.

    ``held_because`` says what is still open about her, ``kept_because`` what of her is here only; or nothing.
    """

    id: str
    short_name: str
    since: date
    held_because: HeldBecause = ""
    kept_because: HeldBecause = ""


_KEPT = "SELECT coalesce(k.merged_into, k.id) FROM contacts k WHERE k.id IN"  # of a merged contact the one that is kept
_CASEWORK = f"""
CASE WHEN {{id}} IN ({_KEPT} (SELECT contact_id FROM referrals WHERE state IN ('made', 'received', 'accepted')))
    THEN 'referral_open'
    WHEN {{id}} IN (SELECT contact_id FROM pathways WHERE state = 'open' UNION  -- the kept one's is for both
                  SELECT contact_id FROM dates_near WHERE done_at IS NULL) THEN 'deadline_open'
    WHEN {{id}} IN ({_KEPT} (SELECT contact_id FROM plan_steps WHERE done_on IS NULL)) THEN 'plan_open'
    WHEN {{id}} IN ({_KEPT} (SELECT contact_id FROM shelter_stays WHERE left_on IS NULL)) THEN 'stay_open'
    ELSE '' END"""
HERE_ONLY = f"""
CASE WHEN c.id IN ({_KEPT} (SELECT contact_id FROM interview_bases WHERE topics <> '{{}}')) THEN 'interview_here'
    WHEN c.id IN ({_KEPT} (SELECT contact_id FROM plans WHERE goals <> '')) THEN 'goals_here' ELSE '' END"""
"""What of a contact ``c`` is nowhere else, whatever the centre has of her notes."""
_NOTED = """
WITH answered AS MATERIALIZED (          -- batches that count, with the day the desk answered
    SELECT b.epoch, b.seq, (SELECT x.issued_at FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind = 'ingested') AS at
    FROM batches b WHERE b.voided_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal'))
), placed AS MATERIALIZED (
    SELECT e.id, e.seq, e.contact_id, e.consent, e.shift_date, e.health_part,
        CASE coalesce(r.outcome, 'none') WHEN 'none' THEN iif(e.taken_back, 'coded', 'unsent') WHEN '' THEN 'sent'
            WHEN 'quarantined' THEN 'put_aside' ELSE r.outcome END AS coverage,
        r.outcome = 'full' AND a.at <= :shed_before AS shed_due,
        e.id IN (SELECT f.encounter_id FROM follow_ups f WHERE f.closed_at IS NULL)
        OR e.contact_id IN (SELECT o.contact_id FROM follow_ups f JOIN encounters o ON o.id = f.encounter_id
                            WHERE f.closed_at IS NULL AND o.contact_id IS NOT NULL) AS follow_up_open,
        {casework} AS casework,
        e.id IN (SELECT value FROM json_each(:drafts)) AS draft_open,
        e.id IN (SELECT encounter_id FROM kept_notes) AS kept,
        e.id IN (SELECT encounter_id FROM third_parties) AS others_facts,
        e.shift_date <= CASE e.consent WHEN 'coded' THEN :expired_coded WHEN 'follow_up' THEN :expired_follow_up
            WHEN 'referral' THEN :expired_referral ELSE :expired_write_nothing END AS expiry_due,
        e.shift_date <= CASE e.consent WHEN 'coded' THEN :expiring_coded WHEN 'follow_up' THEN :expiring_follow_up
            WHEN 'referral' THEN :expiring_referral ELSE :expiring_write_nothing END AS expiry_near
    FROM encounters e
    LEFT JOIN batch_records r ON r.record_id = e.id AND r.version = e.version
        AND (r.epoch, r.seq) IN (SELECT epoch, seq FROM answered)
    LEFT JOIN answered a ON a.epoch = r.epoch AND a.seq = r.seq
)
""".format(casework=_CASEWORK.format(id="e.contact_id"))
_FACTS = (
    "consent, coverage, casework, follow_up_open, draft_open, kept,"
    " health_part AND consent IN ('follow_up', 'referral'), others_facts, shed_due, expiry_due, expiry_near"
)
_FACT_COUNT = 11


def count_situations(db: Connection, policy: KeepingPolicy, now: datetime, today: date) -> list[tuple[Situation, int]]:
    """Return how many notes stand in each situation."""
    rows = db.execute(f"{_NOTED} SELECT {_FACTS}, count(*) FROM placed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
                      _values(db, policy, now, today))  # fmt: skip
    return [(_situation(row[:_FACT_COUNT]), row[_FACT_COUNT]) for row in rows]


def list_situations(
    db: Connection,
    policy: KeepingPolicy,
    now: datetime,
    today: date,
    *,
    near_only: bool = False,
    days: int = PREVIEW_DAYS,
) -> Iterator[NoteRow]:
    """Return every note with where it stands, the oldest first.

    Args:
        db: the vault.
        policy: how long notes stay.
        now: the present instant.
        today: the laptop's own date.
        near_only: only those whose retention ends within ``days``.
        days: how far ahead the preview looks.
    """
    where = "WHERE expiry_near" if near_only else ""
    rows = db.execute(
        f"{_NOTED} SELECT {_FACTS},"
        " p.id, p.contact_id, coalesce(c.short_name, ''), p.shift_date, coalesce(k.reason, '')"
        " FROM placed p LEFT JOIN contacts c ON c.id = p.contact_id LEFT JOIN kept_notes k ON k.encounter_id = p.id"
        f" {where} ORDER BY p.shift_date, p.seq",
        _values(db, policy, now, today, days),
    )
    for row in rows:
        note_id, contact_id, name, shift, reason = row[_FACT_COUNT:]
        situation = _situation(row[:_FACT_COUNT])
        yield NoteRow(note_id, contact_id, name, date.fromisoformat(shift), situation, reason)


def list_bare_contacts(db: Connection) -> tuple[ContactRow, ...]:
    """Return contacts without notes that no draft is about."""
    rows = db.execute(
        "SELECT c.id, c.short_name, coalesce(c.emptied_on, substr(c.created_at, 1, 10)),"
        f" {_CASEWORK.format(id='c.id')}, {HERE_ONLY} FROM contacts c"
        " WHERE c.merged_into IS NULL"  # she goes with the one she was merged into
        " AND NOT EXISTS (SELECT 1 FROM encounters e WHERE e.contact_id = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE instr(d.fields, c.id) > 0) ORDER BY 3, c.short_name"
    )
    return tuple(ContactRow(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4]) for row in rows)


def keep_note(db: Connection, note_id: str, reason: str, worker_id: str, kept_at: str) -> None:
    """Let nothing take a note away but an erasure; a second reason replaces the first."""
    db.execute(
        "INSERT INTO kept_notes(encounter_id, reason, worker_id, kept_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (encounter_id) DO UPDATE SET reason = excluded.reason, worker_id = excluded.worker_id,"
        " kept_at = excluded.kept_at",
        (note_id, reason, worker_id, kept_at),
    )


def let_go(db: Connection, note_id: str) -> None:
    """Keep a note no longer."""
    db.execute("DELETE FROM kept_notes WHERE encounter_id = ?", (note_id,))


def kept_reason(db: Connection, note_id: str) -> str:
    """Return why a note is kept, or nothing."""
    row = db.execute("SELECT reason FROM kept_notes WHERE encounter_id = ?", (note_id,)).fetchone()
    return "" if row is None else str(row[0])


def is_leaving(db: Connection) -> bool:
    """Tell whether content that left may still lie in old pages or backups."""
    return db.execute("SELECT 1 FROM leaving").fetchone() is not None


def begin_leaving(db: Connection, since: str) -> None:
    """Remember, in the transaction that takes content away, that old pages and backups must follow."""
    db.execute("INSERT INTO leaving(only, since) VALUES (1, ?) ON CONFLICT DO NOTHING", (since,))


def end_leaving(db: Connection) -> None:
    """Forget it: nothing older is left."""
    db.execute("DELETE FROM leaving")


def _values(
    db: Connection, policy: KeepingPolicy, now: datetime, today: date, days: int = PREVIEW_DAYS
) -> dict[str, str | None]:
    shed_before = now.astimezone(UTC) - timedelta(days=policy.shed_after_days)
    values: dict[str, str | None] = {
        "drafts": json.dumps(_noted_in_drafts(db)),
        "shed_before": shed_before.strftime(_INSTANT),
    }
    for level in ConsentLevel:
        values[f"expired_{level}"] = _last_day(policy, level, today)
        values[f"expiring_{level}"] = _last_day(policy, level, today + timedelta(days=days))
    return values


def _last_day(policy: KeepingPolicy, level: ConsentLevel, by: date) -> str | None:
    day = policy.expired_before(level.value, by)
    return None if day is None else day.isoformat()


def _noted_in_drafts(db: Connection) -> list[str]:
    """Return the ids that drafts name; among them those of the notes they amend."""
    return [found for (fields,) in db.execute("SELECT fields FROM drafts") for found in _ID.findall(fields)]


def _situation(row: Any) -> Situation:
    level, coverage, casework, *flags = row
    return Situation(ConsentLevel(level), coverage, casework, *map(bool, flags))
