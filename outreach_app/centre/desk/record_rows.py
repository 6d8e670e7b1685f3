"""Records of batches as rows of the register: each version once, nothing overwritten."""

from __future__ import annotations

from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    BatchRecord,
    CountedRecord,
    NoteRecord,
    ReferralRecord,
    TallyRecord,
    kind_of,
    write_record,
)
from outreach_app.wire.receipts import Completeness


def completeness_of(record: BatchRecord) -> Completeness:
    """Return ``full`` when the words of the note are in it, otherwise ``coded``: only ``full`` lets a laptop shed."""
    return "full" if isinstance(record, NoteRecord | ReferralRecord) else "coded"


def find_owner(connection: Connection, record_id: str) -> str | None:
    """Return the laptop a record belongs to, or None when it is new: a record has one home."""
    row = connection.execute("SELECT device FROM records WHERE id = ? LIMIT 1", (record_id,)).fetchone()
    return str(row[0]) if row else None


def find_body(connection: Connection, record_id: str, version: int) -> bytes | None:
    """Return this version as it was taken in, or None."""
    row = connection.execute("SELECT body FROM records WHERE id = ? AND version = ?", (record_id, version)).fetchone()
    return bytes(row[0]) if row else None


def add_record(connection: Connection, record: CountedRecord, *, device: str, batch: str, line: int) -> None:
    """Keep one version; the caller holds the transaction and knows that it is new. ``line`` counts from 1."""
    connection.execute(
        "INSERT INTO records (id, version, kind, device, batch, line, shift_date, setting, region, contact,"
        " linkage_code, count, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id, record.version, kind_of(record), device, batch, line, record.shift_date.isoformat(),
            record.setting, record.region,
            None if isinstance(record, TallyRecord) else record.contact,
            (record.linkage_code or None) if isinstance(record, NoteRecord) else None,
            record.count if isinstance(record, TallyRecord) else None,
            write_record(record),
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO record_leaflets (id, version, place, sheet, language, copies) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (record.id, record.version, place, given.sheet, given.language, given.copies)
            for place, given in enumerate(record.leaflets)
        ],
    )
