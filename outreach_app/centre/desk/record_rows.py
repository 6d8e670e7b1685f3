"""Records of batches as rows of the register: each version once, nothing overwritten."""

from __future__ import annotations

from collections.abc import Iterable

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
    row = connection.execute("SELECT body FROM records WHERE id = ? AND version = ?", (record_id, version)).fetchone()
    return bytes(row[0]) if row else None


def add_records(
    connection: Connection, records: Iterable[tuple[int, CountedRecord, bytes]], *, device: str, batch: str
) -> None:
    """Keep new versions, each (line from 1, record, body); the caller holds the transaction and knows they are new."""
    rows, leaflets = [], []
    for line, record, body in records:
        rows.append((
            record.id, record.version, kind_of(record), device, batch, line, record.shift_date.isoformat(),
            record.setting, record.region,
            None if isinstance(record, TallyRecord) else record.contact,
            (record.linkage_code or None) if isinstance(record, NoteRecord) else None,
            record.count if isinstance(record, TallyRecord) else None,
            body,
        ))  # fmt: skip
        leaflets += [
            (record.id, record.version, place, given.sheet, given.language, given.copies)
            for place, given in enumerate(record.leaflets)
        ]
    connection.executemany(
        "INSERT INTO records (id, version, kind, device, batch, line, shift_date, setting, region, contact,"
        " linkage_code, count, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.executemany(
        "INSERT INTO record_leaflets (id, version, place, sheet, language, copies) VALUES (?, ?, ?, ?, ?, ?)", leaflets
    )
