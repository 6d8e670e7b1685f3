"""The desk's signed answers: made once in the transaction that settles a batch, logged, kept, handed out unchanged."""

from __future__ import annotations

import msgspec

from outreach_app.centre.desk import receipt_log
from outreach_app.centre.desk.devices import Device
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.record_rows import completeness_of
from outreach_app.centre.desk.screening import Screened
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.sync.instants import write_instant
from outreach_app.sync.receipts import (
    CoveredRecord,
    QuarantinedRecord,
    ReasonCode,
    Receipt,
    ReceiptCounts,
    ReceiptKind,
    make_receipt,
)
from outreach_app.vault.connection import Connection
from outreach_app.wire.strict import write_json

NOTHING = Screened((), ())


def find_receipt(connection: Connection, sha512: str) -> bytes | None:
    """Return the answer to a batch as it was first made, or None while there is none."""
    row = connection.execute("SELECT document FROM receipts WHERE batch = ?", (sha512,)).fetchone()
    return bytes(row[0]) if row else None


def answer_batch(
    desk: Desk,
    device: Device,
    header: BatchHeader,
    sha512: str,
    *,
    kind: ReceiptKind,
    reason: ReasonCode = ReasonCode.NONE,
    screened: Screened = NOTHING,
) -> bytes:
    """Make, log and keep the answer to a batch; the caller holds the transaction."""
    now = desk.clock.now()
    receipt = Receipt(
        kind=kind, device=header.device, epoch=header.epoch, seq=header.seq, sha512=sha512,
        issued_at=write_instant(now),
        counts=_counts(screened), covered=_covered(screened), quarantined=_quarantined(screened), reason=reason,
    )  # fmt: skip
    connection = desk.vault.connection
    head = receipt_log.append_entry(connection, write_json(receipt))
    receipt = msgspec.structs.replace(receipt, log_size=head.size, log_root=head.root)
    document = make_receipt(receipt, device=device.entry.receiving, issuer=desk.keys.receipt)
    receipt_log.pin_document(connection, head.size, document)
    connection.execute(
        "INSERT INTO receipts (batch, device, kind, document, log_size, issued_at) VALUES (?, ?, ?, ?, ?, ?)",
        (sha512, header.device, kind, document, head.size, now.isoformat()),
    )
    desk.vault.audit("answered", header.device, f"{header.epoch}.{header.seq}:{kind}")
    return document


def _counts(screened: Screened) -> ReceiptCounts:
    known = sum(good.known for good in screened.good)
    return ReceiptCounts(
        records=len(screened.good) + len(screened.bad),
        ingested=len(screened.good) - known,
        known=known,
        quarantined=len(screened.bad),
    )


def _covered(screened: Screened) -> tuple[CoveredRecord, ...]:
    return tuple(
        CoveredRecord(id=good.record.id, version=good.record.version, completeness=completeness_of(good.record))
        for good in screened.good
    )


def _quarantined(screened: Screened) -> tuple[QuarantinedRecord, ...]:
    return tuple(QuarantinedRecord(line=bad.line, id=bad.record_id, reason=bad.reason) for bad in screened.bad)
