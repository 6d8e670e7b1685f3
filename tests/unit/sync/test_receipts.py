"""Receipts: only the right issuer, device, kind and batch are believed; every flipped byte is refused."""

from __future__ import annotations

import msgspec
import pytest

from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import (
    MAGIC,
    BatchName,
    CoveredRecord,
    QuarantinedRecord,
    ReasonCode,
    Receipt,
    ReceiptCounts,
    ReceiptIssuers,
    make_receipt,
    open_receipt,
    open_receipt_of,
    read_receipt_header,
)
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

BATCH = BatchName(LAPTOP.device, 1, 7, "c" * 128)
ISSUERS = ReceiptIssuers(mailbox=CENTRE.mailbox.public, desk=CENTRE.desk.public)
INGESTED = Receipt(
    kind="ingested", device=LAPTOP.device, epoch=1, seq=7, sha512=BATCH.sha512, issued_at="2026-03-02T20:00:00Z",
    counts=ReceiptCounts(records=3, ingested=2, quarantined=1),
    covered=(CoveredRecord(id="1" * 32, completeness="full"), CoveredRecord(id="2" * 32, version=3, completeness="coded")),
    quarantined=(QuarantinedRecord(line=3, id=None, reason=ReasonCode.NOT_JSON),),
    log_size=12, log_root="a" * 128,
)
SEALED = make_receipt(INGESTED, device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def opened(sealed: bytes, batch: BatchName = BATCH) -> Receipt:
    return open_receipt_of(sealed, LAPTOP.receiving, ISSUERS, batch=batch)


def made(**changes: object) -> bytes:
    return make_receipt(msgspec.structs.replace(INGESTED, **changes), device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def test_a_receipt_comes_back() -> None:
    assert opened(SEALED) == INGESTED
    assert open_receipt(SEALED, LAPTOP.receiving, CENTRE.desk.public, kind="ingested", batch=BATCH) == INGESTED


def test_the_mailbox_reads_only_how_to_file_it() -> None:
    header = read_receipt_header(SEALED)
    assert (header.kind, header.device, header.sha512) == ("ingested", LAPTOP.device, BATCH.sha512)
    assert b"1" * 32 not in SEALED


def test_the_mailbox_cannot_issue_ingested_nor_the_desk_stored() -> None:
    forged = make_receipt(INGESTED, device=LAPTOP.receiving.public, issuer=CENTRE.mailbox)
    with pytest.raises(ReceiptUnreadableError):
        opened(forged)
    with pytest.raises(ReceiptUnreadableError):
        opened(made(kind="stored"))


@pytest.mark.parametrize(
    "batch",
    [
        BatchName(OTHER_LAPTOP.device, 1, 7, BATCH.sha512),
        BatchName(LAPTOP.device, 2, 7, BATCH.sha512),
        BatchName(LAPTOP.device, 1, 8, BATCH.sha512),
        BatchName(LAPTOP.device, 1, 7, "d" * 128),
    ],
)
def test_receipt_for_another_batch_is_refused(batch: BatchName) -> None:
    with pytest.raises(ReceiptUnreadableError, match="another batch"):
        opened(SEALED, batch)


def test_receipt_of_another_kind_or_device_is_refused() -> None:
    with pytest.raises(ReceiptUnreadableError, match="another kind"):
        open_receipt(SEALED, LAPTOP.receiving, CENTRE.desk.public, kind="rejected", batch=BATCH)
    with pytest.raises(ReceiptUnreadableError, match="another device"):
        open_receipt(SEALED, OTHER_LAPTOP.receiving, CENTRE.desk.public, kind="ingested", batch=BATCH)


def test_every_flipped_bit_is_refused() -> None:
    for place in range(0, len(SEALED), 7):
        broken = bytearray(SEALED)
        broken[place] ^= 1 << (place % 8)
        with pytest.raises(ReceiptUnreadableError):
            opened(bytes(broken))


@pytest.mark.parametrize("untrusted", [b"", b"{}", MAGIC, MAGIC + b"\0" * 16, MAGIC + b"\xff" * 16, bytes(9 << 20)])
def test_other_bytes_are_not_receipts(untrusted: bytes) -> None:
    with pytest.raises(ReceiptUnreadableError):
        opened(untrusted)


def test_every_cut_is_refused() -> None:
    for end in range(0, len(SEALED), 97):
        with pytest.raises(ReceiptUnreadableError):
            opened(SEALED[:end])


@pytest.mark.parametrize("changes", [{"issued_at": "2026-02-30T20:00:00Z"}, {"seq": 0}, {"log_root": "zz"}])
def test_a_signed_receipt_with_impossible_values_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ReceiptUnreadableError):
        opened(made(**changes))


def test_sizes_of_receipts_say_little() -> None:
    sizes = {
        len(made(covered=tuple(CoveredRecord(id=f"{n:032x}", completeness="coded") for n in range(count))))
        for count in range(20, 29)
    }
    assert len(sizes) <= 5


def test_reason_numbers_never_change() -> None:
    assert {code.name: code.value for code in ReasonCode} == {
        "NONE": 0, "NOT_JSON": 1, "WRONG_SHAPE": 2, "UNKNOWN_SCHEMA": 3, "SAME_VERSION_OTHER_CONTENT": 4,
        "MORE_THAN_AGREED": 5, "UNKNOWN_REFERENCE": 6, "GONE_BEFORE": 7, "OTHER_RECORD_FAULT": 9, "SIGNATURE_WRONG": 20,
        "BATCH_DAMAGED": 21, "DEVICE_REVOKED": 22, "NUMBER_TAKEN": 23, "CHAIN_BROKEN": 24, "KEY_RETIRED": 25, "GIVEN_UP": 26,
        "OTHER_BATCH_FAULT": 29,
    }


def test_first_batch_names_no_other() -> None:
    assert FIRST_PREV_HASH == "0" * 128
