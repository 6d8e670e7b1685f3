"""What a receipt says. Kinds, completeness and reason codes never change their meaning."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Literal

import msgspec

from outreach_app.wire.signed import Amount, DeviceId, Hash, Instant, Number

ReceiptKind = Literal["stored", "ingested", "rejected", "reseal"]
Completeness = Literal["full", "coded"]
RECEIPT_KINDS: tuple[ReceiptKind, ...] = ("stored", "ingested", "rejected", "reseal")
RECORDS_LIMIT = 20_000


class ReasonCode(IntEnum):
    """Why a record was quarantined or a batch was not taken. Numbers on the wire: never reuse one."""

    NONE = 0
    NOT_JSON = 1
    WRONG_SHAPE = 2
    UNKNOWN_SCHEMA = 3
    SAME_VERSION_OTHER_CONTENT = 4
    MORE_THAN_AGREED = 5
    UNKNOWN_REFERENCE = 6
    GONE_BEFORE = 7
    OTHER_RECORD_FAULT = 9
    SIGNATURE_WRONG = 20
    BATCH_DAMAGED = 21
    DEVICE_REVOKED = 22
    NUMBER_TAKEN = 23
    CHAIN_BROKEN = 24
    KEY_RETIRED = 25
    GIVEN_UP = 26
    OTHER_BATCH_FAULT = 29


class ReceiptHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the mailbox may read of a receipt, so that it can file it."""

    format: Literal["outreach-receipt/1"] = "outreach-receipt/1"
    kind: ReceiptKind
    device: DeviceId
    sha512: Hash


class ReceiptCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Records of the batch: how many were in it, new, known already, put aside."""

    records: Amount = 0
    ingested: Amount = 0
    known: Amount = 0
    quarantined: Amount = 0


class CoveredRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One record the centre now holds, and whether with its full content or as a coded row."""

    id: DeviceId
    version: Number = 1
    completeness: Completeness


class QuarantinedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One record that was put aside alone; ``line`` counts from 1, ``id`` is null when it could not be read."""

    line: Number
    id: DeviceId | None
    reason: ReasonCode


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The signed answer to one batch. ``issued_at`` is UTC; ``log_*`` say where the issuer's log stood."""

    kind: ReceiptKind
    device: DeviceId
    epoch: Number
    seq: Number
    sha512: Hash
    issued_at: Instant
    counts: ReceiptCounts = ReceiptCounts()
    covered: Annotated[tuple[CoveredRecord, ...], msgspec.Meta(max_length=RECORDS_LIMIT)] = ()
    quarantined: Annotated[tuple[QuarantinedRecord, ...], msgspec.Meta(max_length=RECORDS_LIMIT)] = ()
    reason: ReasonCode = ReasonCode.NONE
    log_size: Amount = 0
    log_root: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64}|[0-9a-f]{128})?\Z")] = ""
