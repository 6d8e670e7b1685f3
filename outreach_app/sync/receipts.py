"""Receipts: signed by who issued them, sealed to the device they are for, padded. Issued once, then kept as bytes.

``magic | header | sealed``: the header (kind, device, hash of the batch) is what a mailbox files them by; the same
values stand signed inside and must agree. Who issues a kind: ``stored`` the mailbox, all others the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.errors import KnownError
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.framing import frame, padme, take_frames
from outreach_app.sync.instants import read_instant
from outreach_app.sync.keys import HPKE_OVERHEAD, PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.signed_document import read_signed, write_signed
from outreach_app.wire.receipts import (
    CoveredRecord,
    QuarantinedRecord,
    ReasonCode,
    Receipt,
    ReceiptCounts,
    ReceiptHeader,
    ReceiptKind,
)
from outreach_app.wire.strict import read_json, write_json

__all__ = [
    "RECEIPT_LIMIT", "BatchName", "CoveredRecord", "QuarantinedRecord", "ReasonCode", "Receipt", "ReceiptCounts",
    "ReceiptHeader", "ReceiptIssuers", "ReceiptKind", "make_receipt", "open_receipt", "open_receipt_of",
    "read_receipt_header",
]  # fmt: skip

MAGIC = b"outreach-receipt/1\n"
RECEIPT_LIMIT = 8 << 20
_HEADER_LIMIT = 1 << 10
_CONTEXT = b"outreach-receipt/1"
_INFO = b"outreach-receipt/1 "


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
    header = write_json(ReceiptHeader(kind=receipt.kind, device=receipt.device, sha512=receipt.sha512))
    content = frame((write_signed(receipt, context=_CONTEXT, keys=issuer),))
    return MAGIC + frame((header, device.seal(content.ljust(padme(len(content)), b"\0"), _INFO + header)))


def read_receipt_header(untrusted: bytes) -> ReceiptHeader:
    """Return what the outside of a receipt says; nothing is verified. ReceiptUnreadableError if it is none."""
    return _split(untrusted)[0]


def open_receipt(
    untrusted: bytes, device: ReceivingKeys, issuer: PublicSigningKeys, *, kind: ReceiptKind, batch: BatchName
) -> Receipt:
    """Open a receipt and check that ``issuer`` signed it, as this ``kind``, for exactly this batch.

    Raises:
        ReceiptUnreadableError: anything does not fit.
    """
    header, header_bytes, sealed = _split(untrusted)
    content = device.unseal(sealed, _INFO + header_bytes)
    if content is None:
        raise ReceiptUnreadableError(reason="sealed for another device")
    receipt = _read_content(content, issuer)
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


def _read_content(content: bytes, issuer: PublicSigningKeys) -> Receipt:
    length = int.from_bytes(content[:8], "big")
    parts = take_frames(content[: 8 + length], (RECEIPT_LIMIT,))
    if parts is None or any(content[8 + length :]):
        raise ReceiptUnreadableError(reason="content")
    try:
        return read_signed(parts[0], Receipt, context=_CONTEXT, keys=issuer, what="The receipt", limit=RECEIPT_LIMIT)
    except KnownError as error:
        raise ReceiptUnreadableError(reason=str(error.values.get("field", "signature"))) from error


def _split(untrusted: bytes) -> tuple[ReceiptHeader, bytes, bytes]:
    if len(untrusted) > RECEIPT_LIMIT:
        raise ReceiptUnreadableError(reason="too large")
    if not untrusted.startswith(MAGIC):
        raise ReceiptUnreadableError(reason="not a receipt")
    parts = take_frames(untrusted[len(MAGIC) :], (_HEADER_LIMIT, RECEIPT_LIMIT))
    if parts is None or len(parts[1]) < HPKE_OVERHEAD:
        raise ReceiptUnreadableError(reason="cut short")
    try:
        header = read_json(parts[0], ReceiptHeader, what="The receipt", limit=_HEADER_LIMIT, depth=1)
    except KnownError as error:
        raise ReceiptUnreadableError(reason=str(error.values.get("field", "header"))) from error
    return header, parts[0], parts[1]
