"""The primary of two PostgreSQL nodes dies in the middle of commits, the standby takes over: every acknowledged batch once."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.configuration import open_store
from outreach_app.sync.receipts import BatchName, ReceiptIssuers, open_receipt_of
from outreach_app.sync.sealing import SealedBatch
from tests.support.mailbox_workers import Worker, mailbox_workers, set_up
from tests.support.mailboxes import batch, entry
from tests.support.postgres_pair import PostgresPair, postgres_pair
from tests.support.sync_people import CENTRE, Laptop

SENDERS = 6
BATCHES_OF_EACH = 30
BEFORE_THE_KILL = 60  # acknowledged batches
ISSUERS = ReceiptIssuers(CENTRE.mailbox.public, CENTRE.desk.public)

pytestmark = pytest.mark.timeout(280)


@pytest.fixture
def pair() -> Iterator[PostgresPair]:
    with postgres_pair() as servers:
        yield servers


class Sender(threading.Thread):
    """Hands its batches over in order, each again and again until it is acknowledged."""

    def __init__(self, laptop: Laptop, worker: Worker) -> None:
        super().__init__()
        self.laptop = laptop
        self.sealed = [batch(seq, laptop) for seq in range(1, BATCHES_OF_EACH + 1)]
        self.receipts: dict[str, bytes] = {}
        self.failed = 0
        self.give_up = threading.Event()
        self._worker = worker

    def run(self) -> None:
        for one in self.sealed:
            while one.sha512 not in self.receipts and not self.give_up.is_set():
                self._try(one)

    def _try(self, one: SealedBatch) -> None:
        line = http.client.HTTPConnection(*self._worker.address, timeout=60)
        try:
            line.request("PUT", f"/v1/batches/{one.sha512}", body=one.data)
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            answer = None
        finally:
            line.close()
        if answer is not None and answer.status == 200:
            self.receipts[one.sha512] = body
        else:
            self.failed += 1
            self.give_up.wait(0.05)


def test_every_acknowledged_batch_is_there_once_after_a_failover(pair: PostgresPair, tmp_path: Path) -> None:
    laptops = [Laptop(f"{number:032x}") for number in range(1, SENDERS + 1)]
    set_up(tmp_path, pair.address, [entry(laptop) for laptop in laptops])
    with mailbox_workers(tmp_path, pair.address, 2, "--require-standby") as workers:
        senders = [Sender(laptop, workers[place % 2]) for place, laptop in enumerate(laptops)]
        for sender in senders:
            sender.start()
        try:
            _wait_for(senders, BEFORE_THE_KILL)
            pair.kill_primary()
            acknowledged = {name: receipt for sender in senders for name, receipt in list(sender.receipts.items())}
            pair.promote()
            _found(pair, tmp_path, acknowledged)
            for sender in senders:
                sender.join(timeout=200)
        finally:
            for sender in senders:
                sender.give_up.set()
                sender.join(timeout=70)
    assert sum(sender.failed for sender in senders) > 0, "the kill was in the middle"
    _found(pair, tmp_path, {name: receipt for sender in senders for name, receipt in sender.receipts.items()}, whole=True)
    for sender in senders:
        for one in sender.sealed:
            name = BatchName(sender.laptop.device, 1, one.header.seq, one.sha512)
            receipt = open_receipt_of(sender.receipts[one.sha512], sender.laptop.receiving, ISSUERS, batch=name)
            assert receipt.kind == "stored"


def _wait_for(senders: list[Sender], acknowledged: int) -> None:
    pause = threading.Event()
    while sum(len(sender.receipts) for sender in senders) < acknowledged:
        assert any(sender.is_alive() for sender in senders)
        pause.wait(0.005)


def _found(pair: PostgresPair, folder: Path, receipts: dict[str, bytes], *, whole: bool = False) -> None:
    """See that the node that took over has each acknowledged batch once, with the very receipt that was given."""
    store = open_store(folder, pair.address_of(1))
    try:
        rows, after = [], 0
        while page := store.list_batches(after):
            rows += page
            after = page[-1].number
        names = [row.sha512 for row in rows]
        assert len(names) == len(set(names)), "none twice"
        assert set(receipts) <= set(names), "none lost"
        assert not whole or len(names) == SENDERS * BATCHES_OF_EACH
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        for name, receipt in receipts.items():
            assert store.find_receipts(name) == (receipt,)
    finally:
        store.close()


def test_without_the_standby_nothing_is_acknowledged(pair: PostgresPair, tmp_path: Path) -> None:
    """What the promise rests on: the answer waits for the second node's disk."""
    laptop = Laptop(f"{1:032x}")
    set_up(tmp_path, pair.address, [entry(laptop)])
    store = open_store(tmp_path, pair.address, require_standby=True)
    with closing(store), mailbox_workers(tmp_path, pair.address, 1) as (worker,):
        first, second = batch(1, laptop), batch(2, laptop)
        assert _status_of(worker, first, seconds=30) == 200
        assert store.standby_problem() == ""
        pair.kill_standby()
        end = time.monotonic() + 20
        while not store.standby_problem() and time.monotonic() < end:
            time.sleep(0.05)
        assert store.standby_problem() == "standby_not_in_step"
        assert _status_of(worker, second, seconds=2) is None, "no promise while only one disk has it"
        pair.kill_primary()  # the worker's end must not wait for a commit that cannot come


def _status_of(worker: Worker, one: SealedBatch, seconds: float) -> int | None:
    line = http.client.HTTPConnection(*worker.address, timeout=seconds)
    try:
        line.request("PUT", f"/v1/batches/{one.sha512}", body=one.data)
        return line.getresponse().status
    except TimeoutError:
        return None
    finally:
        line.close()
