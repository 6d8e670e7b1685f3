"""What the centre is told besides notes and counts: erasures, blankings, numbers given up, until confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from outreach_app.domain.erasing import Confirmation, ConfirmationState, Departure
from outreach_app.records.rows import Connection, instant, instant_or_none, to_text


def add_notice(db: Connection, notice_id: str, kind: str, body: bytes, made_at: str) -> None:
    """Keep a notice as the record it leaves as; it goes into the next batch."""
    db.execute(
        "INSERT INTO notices(id, kind, body, made_at) VALUES (?, ?, ?, ?)", (notice_id, kind, body.decode(), made_at)
    )


def list_unbatched_notices(db: Connection) -> tuple[bytes, ...]:
    """Return the records of notices that are in no batch that counts, oldest first."""
    rows = db.execute(
        "SELECT n.body FROM notices n WHERE NOT EXISTS"
        " (SELECT 1 FROM live_batch_records b WHERE b.record_id = n.id) ORDER BY n.seq"
    )
    return tuple(row[0].encode() for row in rows)


def add_erasure(db: Connection, erasure_id: str, kind: str, reason: str, worker_id: str, made_at: str) -> None:
    """Keep that something was erased (``contact``) or blanked (``words``); no id says of whom."""
    db.execute(
        "INSERT INTO erasures(id, kind, reason, worker_id, made_at) VALUES (?, ?, ?, ?, ?)",
        (erasure_id, kind, reason, worker_id, made_at),
    )


def add_departures(db: Connection, erasure_id: str, left: Iterable[Departure]) -> None:
    """Keep in which batches records lay; which of these had left is asked when it is told.

    A batch may be handed over at the very moment in which it is given up.
    """
    db.executemany(
        "INSERT INTO departures(erasure_id, record_id, version, epoch, seq, kind, recipient)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(erasure_id, one.record_id, one.version, one.epoch, one.batch, one.kind, one.recipient) for one in left],
    )


def list_departures(db: Connection, record_ids: Collection[str]) -> tuple[Departure, ...]:
    """Return where these records went, or were sealed for, oldest batch first; a recipient comes from the versions."""
    rows = db.execute(
        "SELECT r.record_id, r.version, r.epoch, r.seq, b.sent_at, r.kind,"
        " CASE r.kind WHEN 'referral' THEN coalesce((SELECT json_extract(v.content, '$.recipient')"
        "  FROM encounter_versions v WHERE v.encounter_id = r.record_id AND v.version = r.version), '') ELSE '' END"
        " FROM batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq"
        " WHERE r.record_id IN (SELECT value FROM json_each(?)) ORDER BY r.epoch, r.seq, r.record_id, r.version",
        (to_text(sorted(record_ids)),),
    )
    return tuple(map(_departure, rows))


def list_confirmations(db: Connection) -> tuple[Confirmation, ...]:
    """Return every erasure and blanking with how far the centre has followed it, newest first."""
    rows = db.execute("SELECT id, kind, reason, made_at FROM erasures ORDER BY made_at DESC, id").fetchall()
    return tuple(_confirmation(db, *row) for row in rows)


def may_have_left_before(db: Connection) -> bool:
    """Tell whether records about people left whose notes were shed or expired since: nothing here says whose they were.

    Those of earlier erasures do not count.
    """
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq"
        " WHERE b.sent_at IS NOT NULL AND r.kind IN ('coded', 'note', 'referral')"
        " AND NOT EXISTS (SELECT 1 FROM encounters e WHERE e.id = r.record_id)"
        " AND NOT EXISTS (SELECT 1 FROM departures d WHERE d.record_id = r.record_id))"
    ).fetchone()
    return bool(row[0])


def forget_unsent(db: Connection, record_ids: Collection[str]) -> None:
    """Forget that records lay in batches which never left: nothing is to be told of them."""
    db.execute(
        "DELETE FROM batch_records WHERE record_id IN (SELECT value FROM json_each(?)) AND EXISTS"
        " (SELECT 1 FROM batches b WHERE b.epoch = batch_records.epoch AND b.seq = batch_records.seq"
        " AND b.voided_at IS NOT NULL AND b.sent_at IS NULL)",
        (to_text(sorted(record_ids)),),
    )


def _departure(row: Any) -> Departure:
    record_id, version, epoch, seq, left_at, kind, recipient = row
    return Departure(record_id, version, epoch, seq, instant_or_none(left_at), kind, recipient)


def _confirmation(db: Connection, erasure_id: str, kind: str, reason: str, made_at: str) -> Confirmation:
    left = db.execute(
        "SELECT d.record_id, d.version, d.epoch, d.seq, b.sent_at, d.kind, d.recipient FROM departures d"
        " JOIN batches b ON b.epoch = d.epoch AND b.seq = d.seq WHERE d.erasure_id = ? AND b.sent_at IS NOT NULL"
        " ORDER BY d.epoch, d.seq, d.record_id, d.version",
        (erasure_id,),
    )
    departures = tuple(map(_departure, left))
    state, confirmed_at = _state(db, erasure_id)
    return Confirmation(erasure_id, kind, reason, instant(made_at), state, confirmed_at, departures)


def _state(db: Connection, erasure_id: str) -> tuple[ConfirmationState, datetime | None]:
    """Return how far the notice has come, and when the desk's receipt confirmed it."""
    if db.execute("SELECT 1 FROM notices WHERE id = ?", (erasure_id,)).fetchone() is None:
        return "nothing_left", None
    row = db.execute(
        "SELECT r.outcome, (SELECT x.issued_at FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind = 'ingested')"
        " FROM live_batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq WHERE r.record_id = ?"
        " ORDER BY r.epoch DESC, r.seq DESC LIMIT 1",
        (erasure_id,),
    ).fetchone()
    if row is None:
        return "waiting", None
    outcome, confirmed_at = row
    if outcome in {"full", "coded"}:
        return "confirmed", instant_or_none(confirmed_at)
    return ("put_aside" if outcome == "quarantined" else "sent"), None
