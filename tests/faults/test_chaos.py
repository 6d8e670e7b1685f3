"""Cut, slow, repeated and reordered lines, and workers killed in between: each batch is stored once, with one receipt.

A sample in every test run (more than ten thousand hostile deliveries), each byte and a hundred thousand with
OUTREACH_FAULTS=all.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import random
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.configuration import open_store
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.receipts import BatchName, ReceiptIssuers, open_receipt_of
from outreach_app.sync.sealing import SealedBatch
from tests.support.chaos_line import ChaosLine, Plan, chaos_line
from tests.support.mailbox_workers import Worker, mailbox_workers, set_up
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sync_people import CENTRE, LAPTOP, Laptop

WHOLE = os.environ.get("OUTREACH_FAULTS") == "all"
DELIVERIES = 100_000 if WHOLE else 10_000
SENDERS = 8
BATCHES_OF_EACH = 12
KILLS = 12 if WHOLE else 4
SEED = 20_261_122
ISSUERS = ReceiptIssuers(CENTRE.mailbox.public, CENTRE.desk.public)

pytestmark = pytest.mark.timeout(3600 if WHOLE else 280)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[RunningMailbox]:
    (tmp_path / "mailbox").mkdir()
    store = open_store(tmp_path)
    store.put_device_list(1, device_list(entry(LAPTOP)))
    try:
        with running_mailbox(store, door=None) as running:
            yield running
    finally:
        store.close()


def places(length: int, dense: int = 300) -> list[int]:
    """Every byte, or every one of the beginning and a sample of the rest."""
    return list(range(length)) if WHOLE else [*range(0, min(length, dense), 3), *range(dense, length, 17), length - 1]


TRUST = ssl.create_default_context()  # made once: it takes longer than a request


def handed_over(line: ChaosLine, data: bytes) -> bytes | None:
    with contextlib.suppress(KnownError), HttpMailbox(line.url, trust=TRUST, timeout=5) as road:
        return road.put_batch(data)
    return None


def is_stored_once(store: MailboxStore, sealed: SealedBatch, receipt: bytes, keys: ReceivingKeys = LAPTOP.receiving) -> None:
    rows = [row for row in store.list_batches(0) if row.sha512 == sealed.sha512]
    assert len(rows) == 1
    assert store.find_receipts(sealed.sha512) == (receipt,)
    header = sealed.header
    opened = open_receipt_of(receipt, keys, ISSUERS, batch=BatchName(header.device, header.epoch, header.seq, sealed.sha512))
    assert opened.kind == "stored"


@pytest.mark.parametrize("cut", ["cut_request_at", "cut_response_at"])
def test_a_line_cut_at_any_byte_ends_in_one_batch_and_one_receipt(mailbox: RunningMailbox, cut: str) -> None:
    whole = batch(1)
    length = len(whole.data) + 400 if cut == "cut_request_at" else 6000
    plans: list[Plan] = []
    with chaos_line(mailbox.address, lambda number: plans[number]) as line:
        for number, group in enumerate(_groups(places(length), 40), start=1):
            sealed, receipts = batch(number), set()
            for place in group:
                plans.append(Plan(**{cut: place}))
                receipts.add(handed_over(line, sealed.data))
            plans.append(Plan())
            good = handed_over(line, sealed.data)
            assert line.connections == len(plans), "one connection for each"
            assert good is not None
            assert receipts <= {None, good}, "no half receipt, and no other one"
            is_stored_once(mailbox.store, sealed, good)
    assert [row.number for row in mailbox.store.list_batches(0)] == list(range(1, number + 1))


@pytest.mark.parametrize(
    "plan", [Plan(step=1), Plan(step=97, seconds=0.001), Plan(repeat=3), Plan(hold=True), Plan(hold=True, repeat=1)]
)
def test_slow_repeated_and_reordered_lines(mailbox: RunningMailbox, plan: Plan) -> None:
    sealed = [batch(number) for number in range(1, 5)]
    receipts: dict[str, bytes | None] = {}

    def send(one: SealedBatch) -> None:
        receipts[one.sha512] = handed_over(line, one.data)

    with chaos_line(mailbox.address, lambda number: plan if number % 2 == 0 else Plan()) as line:
        threads = [threading.Thread(target=send, args=(one,)) for one in sealed]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    for one in sealed:
        assert receipts[one.sha512] is not None
        is_stored_once(mailbox.store, one, receipts[one.sha512] or b"")
    assert len(mailbox.store.list_batches(0)) == len(sealed)


def _groups(items: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


class HostileSender(threading.Thread):
    """One laptop's batches, over and over: whole, cut, with a flipped byte, under another name, by any worker."""

    def __init__(self, laptop: Laptop, sealed: list[SealedBatch], workers: list[Worker], deliveries: int, seed: int) -> None:
        super().__init__()
        self.laptop = laptop
        self.receipts: dict[str, set[bytes]] = defaultdict(set)
        self.refused: dict[int, int] = defaultdict(int)
        self.delivered = 0
        self._sealed = sealed
        self._fork = batch(1, laptop, lines=(b'{"another":"batch of the same number"}',))
        self._workers = workers
        self._deliveries = deliveries
        self._draw = random.Random(seed)

    def run(self) -> None:
        line: http.client.HTTPConnection | None = None
        while self.delivered < self._deliveries or len(self.receipts) < len(self._sealed):
            self.delivered += 1
            if line is None or self._draw.random() < 0.02:
                line = self._connect(line)
            try:
                line = self._deliver(line)
            except (OSError, http.client.HTTPException):  # the worker was killed, or cut us off
                line = self._connect(line)
        if line is not None:
            line.close()

    def _connect(self, line: http.client.HTTPConnection | None) -> http.client.HTTPConnection:
        if line is not None:
            line.close()
        host, port = self._draw.choice(self._workers).address
        return http.client.HTTPConnection(host, port, timeout=30)

    def _deliver(self, line: http.client.HTTPConnection) -> http.client.HTTPConnection:
        sealed, how = self._draw.choice(self._sealed), self._draw.random()
        name, data = sealed.sha512, sealed.data
        if how < 0.06:  # cut somewhere
            line.putrequest("PUT", f"/v1/batches/{name}")
            line.putheader("content-length", str(len(data)))
            line.endheaders()
            line.send(data[: self._draw.randrange(len(data))])
            return self._connect(line)
        if how < 0.12:
            place = self._draw.randrange(len(data))
            data = data[:place] + bytes([data[place] ^ 1 << self._draw.randrange(8)]) + data[place + 1 :]
            name = hashlib.sha512(data).hexdigest() if how < 0.09 else name
        elif how < 0.15:
            name = self._draw.choice(self._sealed).sha512
        elif how < 0.17 and sealed is not self._sealed[0] and self._sealed[0].sha512 in self.receipts:
            name, data = self._fork.sha512, self._fork.data
        line.request("PUT", f"/v1/batches/{name}", body=data)
        answer = line.getresponse()
        body = answer.read()
        if answer.status == 200:
            self.receipts[name].add(body)
        else:
            self.refused[answer.status] += 1
        return self._connect(line) if answer.will_close else line


def test_ten_thousand_hostile_deliveries_and_killed_workers(tmp_path: Path, postgres_address: str) -> None:
    laptops = [Laptop(f"{number:032x}") for number in range(1, SENDERS + 1)]
    sealed = {laptop.device: [batch(seq, laptop) for seq in range(1, BATCHES_OF_EACH + 1)] for laptop in laptops}
    database = postgres_address
    set_up(tmp_path, database, [entry(laptop) for laptop in laptops])
    with mailbox_workers(tmp_path, database, 2) as workers:
        senders = [
            HostileSender(laptop, sealed[laptop.device], workers, DELIVERIES // SENDERS, SEED + place)
            for place, laptop in enumerate(laptops)
        ]
        for sender in senders:
            sender.start()
        _kill_now_and_then(workers, senders)
        for sender in senders:
            sender.join(timeout=3000)
    store = open_store(tmp_path, database)
    try:
        _found_once(store, senders, sealed)
    finally:
        store.close()
    assert sum(sender.delivered for sender in senders) >= DELIVERIES
    assert sum(worker.kills for worker in workers) == KILLS
    refused = {status: sum(sender.refused[status] for sender in senders) for status in (400, 403, 409, 500)}
    assert refused[500] == 0
    assert all(refused[status] for status in (400, 403, 409)), "each kind of hostility was met"


def _kill_now_and_then(workers: list[Worker], senders: list[HostileSender]) -> None:
    pause = threading.Event()
    for number in range(KILLS):
        goal = (number + 1) * DELIVERIES // (KILLS + 1)
        while sum(sender.delivered for sender in senders) < goal and any(sender.is_alive() for sender in senders):
            pause.wait(0.02)
        worker = workers[number % len(workers)]
        worker.kill()
        worker.start()


def _found_once(store: MailboxStore, senders: list[HostileSender], sealed: dict[str, list[SealedBatch]]) -> None:
    rows, after = [], 0
    while page := store.list_batches(after):
        rows += page
        after = page[-1].number
    expected = {one.sha512 for batches in sealed.values() for one in batches}
    assert sorted(row.sha512 for row in rows) == sorted(expected), "none lost, none doubled, none made up"
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for sender in senders:
        for one in sealed[sender.laptop.device]:
            (receipt,) = sender.receipts[one.sha512]
            is_stored_once(store, one, receipt, sender.laptop.receiving)
