"""Batches, what went into them, and the receipts that came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.records.rows import Connection, instant, instant_or_none, to_text


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with the instants of its states; ``state`` is the furthest it has come."""

    epoch: int
    seq: int
    sha512: str
    records: int
    bytes: int
    road: str
    sealed_at: datetime
    sent_at: datetime | None
    stored_at: datetime | None
    ingested_at: datetime | None
    refused_at: datetime | None
    refused: str
    voided_at: datetime | None = None

    @property
    def state(self) -> str:
        """Return sealed, sent, stored, ingested, rejected, reseal or voided (given up before anybody confirmed it)."""
        if self.voided_at is not None:
            return "voided"
        if self.refused_at is not None:
            return self.refused
        if self.ingested_at is not None:
            return "ingested"
        if self.stored_at is not None:
            return "stored"
        return "sealed" if self.sent_at is None else "sent"


@dataclass(frozen=True, slots=True)
class BatchKey:
    """What names a batch."""

    epoch: int
    seq: int
    sha512: str


@dataclass(frozen=True, slots=True)
class PackedRecord:
    """One record of a batch.

    ``contact`` is the random id of the person it names, empty for none; ``digest`` the SHA-256 of its line.
    """

    record_id: str
    version: int
    kind: str
    contact: str = ""
    digest: str = ""


_SELECT = """
SELECT b.epoch, b.seq, b.sha512, b.records, b.bytes, b.road, b.sealed_at, b.sent_at,
       (SELECT issued_at FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind = 'stored'),
       (SELECT issued_at FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind = 'ingested'),
       (SELECT max(issued_at) FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal')),
       coalesce((SELECT max(kind) FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal')), ''),
       b.voided_at
FROM batches b
"""

_UNBATCHED = (
    "FROM encounters e WHERE NOT e.taken_back AND NOT EXISTS"
    " (SELECT 1 FROM live_batch_records b WHERE b.record_id = e.id AND b.version = e.version)"
)


def next_seq(db: Connection, epoch: int) -> tuple[int, str | None]:
    """Return the next sequence number of this epoch and the hash of the batch before it (None for the first)."""
    row = db.execute("SELECT seq, sha512 FROM batches WHERE epoch = ? ORDER BY seq DESC LIMIT 1", (epoch,)).fetchone()
    return (1, None) if row is None else (row[0] + 1, row[1])


def add_batch(db: Connection, name: BatchKey, data: bytes, packed: Sequence[PackedRecord], sealed_at: str) -> None:
    """Keep a sealed batch: its bytes, and what it holds."""
    db.execute(
        "INSERT INTO batches(epoch, seq, sha512, records, bytes, data, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (name.epoch, name.seq, name.sha512, len(packed), len(data), data, sealed_at),
    )
    db.executemany(
        "INSERT INTO batch_records(epoch, seq, record_id, version, kind, contact, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [  # in the order of the table and its index: random ids would jump about in both
            (name.epoch, name.seq, one.record_id, one.version, one.kind, one.contact, one.digest)
            for one in sorted(packed, key=lambda one: one.record_id)
        ],
    )


def sealed_bytes(db: Connection, sha512: str) -> bytes | None:
    """Return the sealed bytes, or None when the desk has them and the laptop let them go."""
    row = db.execute("SELECT data FROM batches WHERE sha512 = ?", (sha512,)).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def drop_sealed_bytes(db: Connection, sha512: str) -> None:
    """Let the sealed bytes go: the desk has answered for good."""
    db.execute("UPDATE batches SET data = NULL WHERE sha512 = ?", (sha512,))


def mark_sent(db: Connection, sha512: str, road: str, sent_at: str) -> None:
    """Keep when and by which road a batch was first handed over."""
    db.execute("UPDATE batches SET sent_at = coalesce(sent_at, ?), road = ? WHERE sha512 = ?", (sent_at, road, sha512))


def has_receipt(db: Connection, sha512: str, kind: str) -> bool:
    """Tell whether a receipt of this kind was kept for a batch."""
    return db.execute("SELECT 1 FROM receipts WHERE sha512 = ? AND kind = ?", (sha512, kind)).fetchone() is not None


def add_receipt(db: Connection, sha512: str, kind: str, issued_at: str, sealed: bytes) -> None:
    """Keep a verified receipt; there is none of its kind yet."""
    db.execute(
        "INSERT INTO receipts(sha512, kind, issued_at, sealed) VALUES (?, ?, ?, ?)", (sha512, kind, issued_at, sealed)
    )


def mark_covered(db: Connection, batch: BatchRow, covered: Iterable[tuple[str, int, str]]) -> None:
    """Keep that the desk holds these very versions; about any other it has said nothing.

    ``covered`` are (record id, version, ``full`` or ``coded``).
    """
    db.executemany(
        "UPDATE batch_records SET outcome = ?, reason = ''"
        " WHERE epoch = ? AND seq = ? AND record_id = ? AND version = ?",
        ((completeness, batch.epoch, batch.seq, record_id, version) for record_id, version, completeness in covered),
    )


def mark_put_aside(db: Connection, batch: BatchRow, record_id: str, reason: str) -> None:
    """Keep that the desk put a record aside."""
    db.execute(
        "UPDATE batch_records SET outcome = 'quarantined', reason = ? WHERE epoch = ? AND seq = ? AND record_id = ?",
        (reason, batch.epoch, batch.seq, record_id),
    )


def find_batch(db: Connection, sha512: str) -> BatchRow | None:
    """Return a batch by its hash."""
    row = db.execute(_SELECT + " WHERE b.sha512 = ?", (sha512,)).fetchone()
    return None if row is None else _batch(row)


def list_batches(db: Connection, limit: int = 100) -> tuple[BatchRow, ...]:
    """Return batches, newest first."""
    return tuple(_batch(row) for row in db.execute(_SELECT + " ORDER BY b.epoch DESC, b.seq DESC LIMIT ?", (limit,)))


def list_unfinished(db: Connection) -> tuple[BatchRow, ...]:
    """Return batches without a last word from the desk, oldest first; those given up wait for none."""
    rows = db.execute(
        _SELECT + " WHERE b.voided_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind <> 'stored')"
        " ORDER BY b.epoch, b.seq"
    )
    return tuple(_batch(row) for row in rows)


def list_between(db: Connection, epoch: int, first: int, last: int) -> tuple[BatchRow, ...]:
    """Return the batches of an epoch with these numbers, both ends included, as far as they are here."""
    rows = db.execute(_SELECT + " WHERE b.epoch = ? AND b.seq BETWEEN ? AND ? ORDER BY b.seq", (epoch, first, last))
    return tuple(_batch(row) for row in rows)


def holds_bytes(db: Connection, sha512: str) -> bool:
    """Tell whether the sealed bytes of a batch are still here."""
    row = db.execute("SELECT data IS NOT NULL FROM batches WHERE sha512 = ?", (sha512,)).fetchone()
    return row is not None and bool(row[0])


def list_unconfirmed_with(db: Connection, record_ids: Collection[str]) -> tuple[BatchRow, ...]:
    """Return batches that hold one of these records and of which nobody has said a word, oldest first."""
    rows = db.execute(
        _SELECT + " WHERE b.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512)"
        " AND EXISTS (SELECT 1 FROM batch_records r WHERE r.epoch = b.epoch AND r.seq = b.seq"
        " AND r.record_id IN (SELECT value FROM json_each(?))) ORDER BY b.epoch, b.seq",
        (to_text(sorted(record_ids)),),
    )
    return tuple(_batch(row) for row in rows)


def void_batch(db: Connection, sha512: str, voided_at: str) -> None:
    """Give a batch up: its bytes go, its number stays taken, its records wait again."""
    db.execute("UPDATE batches SET voided_at = ?, data = NULL WHERE sha512 = ?", (voided_at, sha512))


def drop_sealed_bytes_with(db: Connection, record_ids: Collection[str]) -> None:
    """Let the sealed bytes of every batch go that holds one of these records, whatever has become of it."""
    db.execute(
        "UPDATE batches SET data = NULL WHERE data IS NOT NULL AND EXISTS (SELECT 1 FROM batch_records r"
        " WHERE r.epoch = batches.epoch AND r.seq = batches.seq AND r.record_id IN (SELECT value FROM json_each(?)))",
        (to_text(sorted(record_ids)),),
    )


def list_batches_of(db: Connection, record_id: str) -> tuple[tuple[BatchRow, int, str], ...]:
    """Return (batch, version sent, what the desk said) of every batch that held the record, oldest first."""
    rows = db.execute(
        "SELECT b.sha512, r.version, r.outcome FROM batch_records r"
        " JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq WHERE r.record_id = ? ORDER BY r.epoch, r.seq",
        (record_id,),
    ).fetchall()
    found = ((find_batch(db, sha512), version, outcome) for sha512, version, outcome in rows)
    return tuple((batch, version, outcome) for batch, version, outcome in found if batch is not None)


def list_unbatched_notes(db: Connection, *, reviewed_only: bool) -> tuple[str, ...]:
    """Return the ids of notes whose last version is in no batch that counts, oldest first."""
    state = "AND e.state = 'reviewed'" if reviewed_only else ""
    return tuple(row[0] for row in db.execute(f"SELECT e.id {_UNBATCHED} {state} ORDER BY e.seq"))


def list_unbatched_digests(db: Connection) -> dict[str, str]:
    """Return of each note that waits again, in a version that was sealed before, the digest it last had.

    Only a batch that does not count any more can hold one: there are few, so the search begins with them.
    """
    rows = db.execute(
        "SELECT r.record_id, r.digest FROM batches_not_counting d"
        " CROSS JOIN batch_records r ON r.epoch = d.epoch AND r.seq = d.seq"
        " JOIN encounters e ON e.id = r.record_id AND e.version = r.version"
        " WHERE r.digest <> '' AND NOT EXISTS (SELECT 1 FROM live_batch_records b"
        " WHERE b.record_id = e.id AND b.version = e.version) ORDER BY r.epoch, r.seq"
    )
    return dict(rows.fetchall())


def list_put_aside(db: Connection, reason: str) -> tuple[str, ...]:
    """Return the notes of which the desk put the last version aside for this reason."""
    rows = db.execute(
        "SELECT DISTINCT r.record_id FROM live_batch_records r JOIN encounters e ON e.id = r.record_id"
        " AND e.version = r.version WHERE r.outcome = 'quarantined' AND r.reason = ? ORDER BY r.record_id",
        (reason,),
    )
    return tuple(row[0] for row in rows)


def count_unbatched_notes(db: Connection) -> int:
    """Return how many notes' last version is in no batch that counts."""
    return int(db.execute(f"SELECT count(*) {_UNBATCHED}").fetchone()[0])


def list_receipts(db: Connection) -> tuple[tuple[str, str, str], ...]:
    """Return (hash, kind, issued at) of every receipt, newest first."""
    rows = db.execute("SELECT sha512, kind, issued_at FROM receipts ORDER BY issued_at DESC, kind")
    return tuple((row[0], row[1], row[2]) for row in rows)


def last_counted(db: Connection) -> datetime | None:
    """Return when the desk last said that something is in its register."""
    row = db.execute("SELECT max(issued_at) FROM receipts WHERE kind = 'ingested'").fetchone()
    return instant_or_none(row[0])


def kinds_sent(db: Connection) -> dict[str, str]:
    """Return the kind each record was last sealed as, by record id."""
    return dict(db.execute("SELECT record_id, kind FROM live_batch_records ORDER BY epoch, seq, version"))


def levels_of(db: Connection, note_ids: Sequence[str]) -> tuple[ConsentLevel, ...]:
    """Return the consent level of each note."""
    rows = (db.execute("SELECT consent FROM encounters WHERE id = ?", (note_id,)).fetchone() for note_id in note_ids)
    return tuple(ConsentLevel(row[0]) for row in rows)


def _batch(row: Any) -> BatchRow:
    epoch, seq, sha512, records, size, road, sealed_at, *instants, refused, voided_at = row
    sent_at, stored_at, ingested_at, refused_at = (instant_or_none(text) for text in instants)
    return BatchRow(
        epoch, seq, sha512, records, size, road, instant(sealed_at), sent_at, stored_at, ingested_at, refused_at,
        refused, instant_or_none(voided_at),
    )  # fmt: skip
