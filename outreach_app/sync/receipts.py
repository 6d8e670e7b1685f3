"""Receipts: signed by who issued them, sealed to the device they are for, padded. Issued once, then kept as bytes.

``magic | header | sealed``: the header (kind, device, hash of the batch) is what a mailbox files them by; the same
values stand signed inside and must agree. Who issues a kind: ``stored`` the mailbox, all others the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.instants import read_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.sealed_document import SealedFormat
from outreach_app.wire.receipts import (
    CoveredRecord,
    QuarantinedRecord,
    ReasonCode,
    Receipt,
    ReceiptCounts,
    ReceiptHeader,
    ReceiptKind,
)

__all__ = [
    "RECEIPT_LIMIT", "BatchName", "CoveredRecord", "QuarantinedRecord", "ReasonCode", "Receipt", "ReceiptCounts",
    "ReceiptHeader", "ReceiptIssuers", "ReceiptKind", "make_receipt", "open_receipt", "open_receipt_of",
    "read_receipt_header",
]  # fmt: skip

RECEIPT_LIMIT = 8 << 20
_FORMAT = SealedFormat(
    b"outreach-receipt/1", ReceiptHeader, Receipt, RECEIPT_LIMIT, ReceiptUnreadableError, "The receipt"
)
MAGIC = _FORMAT.magic


@dataclass(frozen=True)
class BatchName:
    """What identifies a batch for its laptop: ``sha512`` is hex."""

    device: str
    epoch: int
    seq: int
    sha512: str


@dataclass(frozen=True)
class ReceiptIssuers:
    """Whose signature counts for which kind."""

    mailbox: PublicSigningKeys
    desk: PublicSigningKeys

    def of(self, kind: ReceiptKind) -> PublicSigningKeys:
        """Return the keys that must have signed a receipt of this kind."""
        return self.mailbox if kind == "stored" else self.desk


def make_receipt(receipt: Receipt, *, device: PublicReceivingKey, issuer: SigningKeys) -> bytes:
    """Sign and seal a receipt. Never twice for one batch and kind: keep these bytes and give them out again."""
    header = ReceiptHeader(kind=receipt.kind, device=receipt.device, sha512=receipt.sha512)
    return _FORMAT.seal(header, receipt, device=device, issuer=issuer)


def read_receipt_header(untrusted: bytes) -> ReceiptHeader:
    """Return what the outside of a receipt says; nothing is verified. ReceiptUnreadableError if it is none."""
    return _FORMAT.read_header(untrusted)


def open_receipt(
    untrusted: bytes, device: ReceivingKeys, issuer: PublicSigningKeys, *, kind: ReceiptKind, batch: BatchName
) -> Receipt:
    """Open a receipt and check that ``issuer`` signed it, as this ``kind``, for exactly this batch.

    Raises:
        ReceiptUnreadableError: anything does not fit.
    """
    header, receipt = _FORMAT.open(untrusted, device, issuer)
    if receipt.kind != kind or header.kind != kind:
        raise ReceiptUnreadableError(reason="another kind")
    if (receipt.device, receipt.sha512) != (header.device, header.sha512):
        raise ReceiptUnreadableError(reason="outside and inside differ")
    if BatchName(receipt.device, receipt.epoch, receipt.seq, receipt.sha512) != batch:
        raise ReceiptUnreadableError(reason="another batch")
    if read_instant(receipt.issued_at) is None:
        raise ReceiptUnreadableError(reason="issued_at")
    return receipt


def open_receipt_of(untrusted: bytes, device: ReceivingKeys, issuers: ReceiptIssuers, *, batch: BatchName) -> Receipt:
    """Open a receipt of any kind for this batch; the kind decides whose signature counts."""
    kind = read_receipt_header(untrusted).kind
    return open_receipt(untrusted, device, issuers.of(kind), kind=kind, batch=batch)
