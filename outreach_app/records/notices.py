"""What the centre is told besides notes and counts: what is to go, who is one person, and the like; until confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from outreach_app.domain.erasing import Confirmation, ConfirmationState, Departure
from outreach_app.records import consents
from outreach_app.records.rows import Connection, instant, instant_or_none, instant_text, to_text

ABOUT_PEOPLE = ("coded", "note", "referral")
WITH_WORDS = ("note", "referral")
WITH_NAME = ("referral",)
"""Kinds of records: those that name a contact, those that hold words and a linkage code, and those that hold a name."""
_NEVER_SEALED = "NOT EXISTS (SELECT 1 FROM batch_records b WHERE b.record_id = notices.id)"


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


def is_told_of(db: Connection, epoch: int, seq: int) -> bool:
    """Tell whether a notice says already that the centre need not wait for this number."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM notices WHERE kind = 'void'"
        " AND json_extract(body, '$.epoch') = ? AND json_extract(body, '$.seq') = ?)",
        (epoch, seq),
    ).fetchone()
    return bool(row[0])


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
    """Return every erasure, blanking, merge, split and withdrawal with how far the centre has followed, newest first.

    Of what was no erasure only that of which the centre was told.
    """
    rows = db.execute(
        "SELECT id, kind, reason, made_at FROM erasures UNION ALL SELECT id, kind, '', made_at FROM notices"
        " WHERE kind IN ('merge', 'apart', 'split', 'withdrawal') ORDER BY made_at DESC, id"
    ).fetchall()
    return tuple(_confirmation(db, *row) for row in rows)


def state_of(db: Connection, notice_id: str) -> tuple[ConfirmationState, datetime | None]:
    """Return how far a notice has come, and when the desk's receipt confirmed it; there may be none of this id."""
    if not is_notice(db, notice_id):
        return "nothing_left", None
    row = db.execute(
        "SELECT r.outcome, (SELECT x.issued_at FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind = 'ingested')"
        " FROM live_batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq WHERE r.record_id = ?"
        " ORDER BY r.epoch DESC, r.seq DESC LIMIT 1",
        (notice_id,),
    ).fetchone()
    if row is None:
        return "waiting", None
    outcome, confirmed_at = row
    if outcome in {"full", "coded"}:
        return "confirmed", instant_or_none(confirmed_at)
    return ("put_aside" if outcome == "quarantined" else "sent"), None


def find_apart(db: Connection, merge_id: str) -> str:
    """Return the id of the notice that takes a merge back, empty where the centre was not told of it."""
    row = db.execute(
        "SELECT id FROM notices WHERE kind = 'apart' AND json_extract(body, '$.merge') = ?", (merge_id,)
    ).fetchone()
    return "" if row is None else str(row[0])


def is_notice(db: Connection, notice_id: str) -> bool:
    """Tell whether the centre is or was told something under this id."""
    return db.execute("SELECT 1 FROM notices WHERE id = ?", (notice_id,)).fetchone() is not None


def list_known_as(db: Connection, contact_ids: Collection[str]) -> tuple[str, ...]:
    """Return these contacts and all who were merged into them as far as the centre was told, in order of being told.

    A merged contact leaves this laptop when the last note of the one kept is shed; the centre goes on knowing it.
    """
    rows = db.execute(
        "WITH RECURSIVE her(id, place) AS (SELECT value, 0 FROM json_each(?) UNION"
        " SELECT json_extract(n.body, '$.contact'), n.seq FROM notices n JOIN her"
        "  ON n.kind = 'merge' AND json_extract(n.body, '$.into') = her.id WHERE NOT EXISTS (SELECT 1 FROM notices a"
        "  WHERE a.kind = 'apart' AND json_extract(a.body, '$.merge') = n.id))"
        " SELECT id FROM her GROUP BY id ORDER BY min(place), id",
        (to_text(list(contact_ids)),),
    )
    told = [row[0] for row in rows]
    return tuple(dict.fromkeys((*contact_ids, *told)))


def drop_unsealed(db: Connection, notice_id: str) -> bool:
    """Drop a notice that never was in a batch; returns whether there was one."""
    done = db.execute(f"DELETE FROM notices WHERE id = ? AND {_NEVER_SEALED}", (notice_id,))
    return done.rowcount == 1


def drop_unsealed_about(db: Connection, contact_ids: Collection[str]) -> None:
    """Drop merges, splits and withdrawals of a person that never were in a batch: her erasure says all there is.

    Not what sets somebody else apart from her, or says that a note is not hers: that person stays.
    """
    db.execute(
        f"DELETE FROM notices WHERE {_NEVER_SEALED} AND EXISTS (SELECT 1 FROM json_each(?) j WHERE j.value ="
        " CASE WHEN kind = 'split' THEN json_extract(body, '$.made')"
        " WHEN kind IN ('merge', 'withdrawal') THEN json_extract(body, '$.contact') END)",
        (to_text(sorted(contact_ids)),),
    )


def was_sealed_about(db: Connection, contact_ids: Collection[str]) -> bool:
    """Tell whether the centre may know one of these contacts: by a sealed record, or as whom a split was made for.

    Of what was sealed before it was kept whose it was, her notes count, and all that is not here any more and was
    not erased: nothing says whose it was.
    """
    row = db.execute(
        "WITH hers(id) AS (SELECT value FROM json_each(?))"
        " SELECT EXISTS (SELECT 1 FROM batch_records r WHERE r.contact IN hers)"
        " OR EXISTS (SELECT 1 FROM notices n WHERE n.kind = 'split' AND json_extract(n.body, '$.made') IN hers)"
        " OR EXISTS (SELECT 1 FROM batch_records r LEFT JOIN encounters e ON e.id = r.record_id"
        "  WHERE r.contact IS NULL AND r.kind IN ('coded', 'note', 'referral') AND (e.contact_id IN hers"
        "  OR (e.id IS NULL AND NOT EXISTS (SELECT 1 FROM departures d WHERE d.record_id = r.record_id))))",
        (to_text(sorted(contact_ids)),),
    ).fetchone()
    return bool(row[0])


def last_sealed(db: Connection, note_ids: Iterable[str], kinds: Collection[str] = ABOUT_PEOPLE) -> dict[str, int]:
    """Return of each of these notes the last version that was sealed as a record of one of these kinds."""
    rows = db.execute(
        "SELECT record_id, max(version) FROM batch_records WHERE record_id IN (SELECT value FROM json_each(?))"
        " AND kind IN (SELECT value FROM json_each(?)) GROUP BY record_id ORDER BY record_id",
        (to_text(sorted(note_ids)), to_text(sorted(kinds))),
    )
    return dict(rows.fetchall())


def last_sealed_as(db: Connection, contact_ids: Collection[str], since: datetime) -> dict[str, int]:
    """Return of each note that is here the last version with words that was sealed as one of these contacts'."""
    rows = db.execute(
        "SELECT r.record_id, max(r.version) FROM batch_records r"
        " JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq JOIN encounters e ON e.id = r.record_id"
        " WHERE b.sealed_at >= ? AND r.kind IN (SELECT value FROM json_each(?))"
        " AND coalesce(r.contact, e.contact_id) IN (SELECT value FROM json_each(?)) GROUP BY r.record_id",
        (instant_text(since), to_text(sorted(WITH_WORDS)), to_text(sorted(contact_ids))),
    )
    return dict(rows.fetchall())


def forget_whose(db: Connection, contact_ids: Collection[str]) -> None:
    """Forget which sealed records were about these contacts: they are erased."""
    db.execute(
        "UPDATE batch_records SET contact = '' WHERE contact IN (SELECT value FROM json_each(?))",
        (to_text(sorted(contact_ids)),),
    )


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
    left = consents.list_departures(db, erasure_id) if kind == "withdrawal" else _list_left(db, erasure_id)
    state, confirmed_at = state_of(db, erasure_id)
    return Confirmation(erasure_id, kind, reason, instant(made_at), state, confirmed_at, left)


def _list_left(db: Connection, erasure_id: str) -> tuple[Departure, ...]:
    rows = db.execute(
        "SELECT d.record_id, d.version, d.epoch, d.seq, b.sent_at, d.kind, d.recipient FROM departures d"
        " JOIN batches b ON b.epoch = d.epoch AND b.seq = d.seq WHERE d.erasure_id = ? AND b.sent_at IS NOT NULL"
        " ORDER BY d.epoch, d.seq, d.record_id, d.version",
        (erasure_id,),
    )
    return tuple(map(_departure, rows))
