"""What every road must do, run on a fake, on the network (real server on loopback) and on a stick."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.errors import KnownError
from outreach_app.sync.batch_format import read_header
from outreach_app.sync.carriers.carrier import Between, Carrier, DeskCarrier, going_on
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.errors import NotInMailboxError
from outreach_app.sync.receipts import (
    BatchName,
    Receipt,
    ReceiptIssuers,
    make_receipt,
    open_receipt_of,
    read_receipt_header,
)
from outreach_app.sync.sealing import SealedBatch, open_batch, verify_batch
from outreach_app.wire.mailbox_config import BatchListing
from tests.support.mailboxes import batch, device_list, entry, running_mailbox
from tests.support.sync_people import CENTRE, LAPTOP

Road = tuple[Carrier, DeskCarrier]
ISSUERS = ReceiptIssuers(mailbox=CENTRE.mailbox.public, desk=CENTRE.desk.public)


class MemoryRoad:
    """The simplest road: two dictionaries. Others' tests use it where the road is not the point."""

    def __init__(self) -> None:
        self.batches: dict[str, bytes] = {}
        self.receipts: dict[tuple[str, str], bytes] = {}

    def put_batch(self, data: bytes, _between: Between = going_on) -> None:
        self.batches.setdefault(hashlib.sha512(data).hexdigest(), data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        return tuple(data for (name, _kind), data in self.receipts.items() if name == sha512)

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        rows = []
        for number, (name, data) in enumerate(self.batches.items(), start=1):
            header = read_header(data)
            rows.append(
                BatchListing(
                    number=number, sha512=name, device=header.device, epoch=header.epoch, seq=header.seq,
                    size=len(data), answered=any(found == name for found, _kind in self.receipts),
                )
            )  # fmt: skip
        return tuple(rows[after:])

    def get_batch(self, sha512: str) -> bytes:
        if sha512 not in self.batches:
            raise NotInMailboxError
        return self.batches[sha512]

    def put_receipt(self, receipt: bytes) -> None:
        header = read_receipt_header(receipt)
        self.receipts.setdefault((header.sha512, header.kind), receipt)


@pytest.fixture(params=["memory", "network", "stick"])
def road(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Road]:
    if request.param == "memory":
        both = MemoryRoad()
        yield both, both
    elif request.param == "stick":
        yield StickFolder(tmp_path), StickFolder(tmp_path)
    else:
        with closing(MailboxStore(open_database(None, tmp_path / "mailbox.db"))) as store:
            store.put_device_list(1, device_list(entry(LAPTOP)))
            with (
                running_mailbox(store) as running,
                HttpMailbox(running.url) as laptop,
                HttpDesk(running.url, signing=CENTRE.desk, clock=running.clock) as desk,
            ):
                yield laptop, desk


def receipt_for(sealed: SealedBatch, kind: str = "ingested") -> bytes:
    header = sealed.header
    receipt = Receipt(
        kind=kind, device=header.device, epoch=header.epoch, seq=header.seq, sha512=sealed.sha512,
        issued_at="2026-03-02T20:00:00Z",
    )
    return make_receipt(receipt, device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def test_a_batch_goes_and_its_receipt_comes_back(road: Road) -> None:
    laptop, desk = road
    sealed = batch(lines=(b'{"id":"1"}', b'{"id":"2"}'))
    stored = laptop.put_batch(sealed.data)
    (row,) = desk.list_batches()
    verified = verify_batch(desk.get_batch(row.sha512), LAPTOP.signing.public)
    assert open_batch(verified, CENTRE.receiving) == (b'{"id":"1"}', b'{"id":"2"}')
    desk.put_receipt(receipt_for(sealed))
    name = BatchName(LAPTOP.device, 1, 1, sealed.sha512)
    kinds = [open_receipt_of(one, LAPTOP.receiving, ISSUERS, batch=name).kind for one in laptop.fetch_receipts(sealed.sha512)]
    assert kinds == (["ingested"] if stored is None else ["stored", "ingested"])


def test_everything_twice_is_everything_once(road: Road) -> None:
    laptop, desk = road
    sealed = batch()
    receipt = receipt_for(sealed)
    assert laptop.put_batch(sealed.data) == laptop.put_batch(sealed.data)
    assert len(desk.list_batches()) == 1
    desk.put_receipt(receipt)
    desk.put_receipt(receipt)
    assert laptop.fetch_receipts(sealed.sha512).count(receipt) == 1


def test_several_batches_keep_apart(road: Road) -> None:
    laptop, desk = road
    first, second = batch(1), batch(2)
    for sealed in (first, second):
        laptop.put_batch(sealed.data)
    assert [(row.number, row.sha512) for row in desk.list_batches()] == [(1, first.sha512), (2, second.sha512)]
    assert [row.sha512 for row in desk.list_batches(1)] == [second.sha512]
    assert desk.list_batches(2) == ()
    desk.put_receipt(receipt_for(second, "reseal"))
    assert receipt_for(second) not in laptop.fetch_receipts(first.sha512)
    assert any(read_receipt_header(one).kind == "reseal" for one in laptop.fetch_receipts(second.sha512))


def test_what_is_not_there_is_a_calm_error(road: Road) -> None:
    _, desk = road
    with pytest.raises(NotInMailboxError) as missing:
        desk.get_batch("0" * 128)
    assert isinstance(missing.value, KnownError)
