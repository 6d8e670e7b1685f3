"""Records of batches as rows of the register: each version once, in the order they came, nothing overwritten."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    BatchRecord,
    CountedRecord,
    NoteRecord,
    ReferralRecord,
    TallyRecord,
    kind_of,
)
from outreach_app.wire.receipts import Completeness


def completeness_of(record: BatchRecord) -> Completeness:
    """Return ``full`` when the words of the note are in it, otherwise ``coded``: only ``full`` lets a laptop shed."""
    return "full" if isinstance(record, NoteRecord | ReferralRecord) else "coded"


def list_versions(connection: Connection, ids: str) -> list[tuple[str, int, str]]:
    """Return (id, version, laptop) of what was taken in under these ids, a JSON list: a record has one home."""
    return connection.execute(
        "SELECT r.id, r.version, r.device FROM json_each(?) AS j JOIN records AS r ON r.id = j.value", (ids,)
    ).fetchall()


def find_body(connection: Connection, record_id: str, version: int) -> bytes | None:
    """Return this version as it was taken in, or None."""
    row = connection.execute(
        "SELECT b.body FROM records AS r JOIN record_bodies AS b ON b.record = r.number"
        " WHERE r.id = ? AND r.version = ?",
        (record_id, version),
    ).fetchone()
    return bytes(row[0]) if row else None


def add_records(
    connection: Connection, records: Sequence[tuple[int, CountedRecord, bytes]], *, device: str, batch: str
) -> None:
    """Keep new versions, each (line from 1, record, body); the caller holds the transaction and knows they are new."""
    if not records:
        return
    (within,) = connection.execute(
        "INSERT INTO record_batches (sha512) VALUES (?) RETURNING number", (batch,)
    ).fetchone()
    (first,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM records").fetchone()
    numbered = list(enumerate(records, start=first))
    connection.executemany(_ADD, [_row(number, line, record, device, within) for number, (line, record, _) in numbered])
    connection.executemany(
        "INSERT INTO record_bodies (record, body) VALUES (?, ?)", [(number, body) for number, (_, _, body) in numbered]
    )
    connection.executemany(
        "INSERT INTO record_leaflets (record, place, sheet, language, copies) VALUES (?, ?, ?, ?, ?)",
        [
            (number, place, given.sheet, given.language, given.copies)
            for number, (_, record, _) in numbered
            for place, given in enumerate(record.leaflets)
        ],
    )


def remove_records(connection: Connection, versions: Collection[tuple[str, int]]) -> None:
    """Take these versions out, with their words."""
    numbers = [
        row for key in versions
        for row in connection.execute("SELECT number FROM records WHERE id = ? AND version = ?", key)
    ]  # fmt: skip
    connection.executemany("DELETE FROM record_leaflets WHERE record = ?", numbers)
    connection.executemany("DELETE FROM record_bodies WHERE record = ?", numbers)
    connection.executemany("DELETE FROM records WHERE number = ?", numbers)


_ADD = (
    "INSERT INTO records (number, id, version, kind, device, batch, line, shift_date, setting, region, contact,"
    " linkage_code, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _row(number: int, line: int, record: CountedRecord, device: str, batch: int) -> tuple[object, ...]:
    return (
        number, record.id, record.version, kind_of(record), device, batch, line, record.shift_date.isoformat(),
        record.setting, record.region,
        None if isinstance(record, TallyRecord) else record.contact,
        (record.linkage_code or None) if isinstance(record, NoteRecord) else None,
        record.count if isinstance(record, TallyRecord) else None,
    )  # fmt: skip
