"""Load for the mailbox's measurements: workers on one PostgreSQL, senders in processes of their own, bare inserts beside.

All figures are batches a second, at the same bytes, the same durability and the same number of connections.
"""

from __future__ import annotations

import http.client
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from outreach_app.centre.mailbox.batch_log import LogState
from outreach_app.centre.mailbox.configuration import create_mailbox, open_store
from outreach_app.centre.mailbox.receipt_issuing import receipt_for
from outreach_app.sync.sealing import SealedBatch, verify_batch
from tests.support.mailboxes import device_list, entry
from tests.support.sync_people import CENTRE, LAPTOP

_SERVE = """
import sys
from pathlib import Path
from outreach_app.centre.mailbox.serve import serve
from outreach_app.centre.mailbox.server import Door
serve(Path(sys.argv[1]), 0, database=sys.argv[2], door=Door(requests_per_minute=0))
"""


@dataclass(frozen=True)
class Rate:
    """How many batches in how many seconds."""

    batches: int
    seconds: float

    @property
    def each_second(self) -> float:
        return self.batches / self.seconds


def prepare_mailbox(folder: Path, database: str) -> None:
    """Set a mailbox up in ``folder`` on a database, with ``LAPTOP`` enrolled."""
    create_mailbox(folder, CENTRE.root.public, CENTRE.desk.public)
    store = open_store(folder, database)
    store.put_device_list(1, device_list(entry(LAPTOP)))
    store.close()


@contextmanager
def mailbox_workers(folder: Path, database: str, count: int) -> Iterator[list[tuple[str, int]]]:
    """Start ``count`` worker processes on one database; give where they listen. Stopped by their ids at the end."""
    with ExitStack() as stack:
        places = []
        for _ in range(count):
            command = [sys.executable, "-c", _SERVE, str(folder), database]
            process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            stack.callback(process.terminate)
            assert process.stdout is not None
            host, _, port = process.stdout.readline().strip().rpartition("/")[2].partition(":")
            places.append((host, int(port)))
        yield places


def drive_senders(places: Sequence[tuple[str, int]], batches: Sequence[SealedBatch], senders: int) -> Rate:
    """Send all batches by ``senders`` processes, each over one line to one of the workers; every answer is a receipt."""
    parts = [[(one.sha512, one.data) for one in batches[place::senders]] for place in range(senders)]
    works = [(_send, (places[place % len(places)], part)) for place, part in enumerate(parts)]
    return _all_at_once(works, len(batches))


def bare_inserts(database: str, batches: Sequence[SealedBatch], connections: int, *, signed: bool = False) -> Rate:
    """Insert the same bytes by ``connections`` processes, one committed row each, with nothing else.

    ``signed``: and what the formats ask of every batch: its hashes, two signatures checked, a receipt signed and sealed.
    """
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bare")
        connection.execute("CREATE TABLE bare (sha512 text PRIMARY KEY, data bytea NOT NULL)")
        connection.execute("ALTER TABLE bare ALTER COLUMN data SET STORAGE EXTERNAL")
    parts = [[(one.sha512, one.data) for one in batches[place::connections]] for place in range(connections)]
    insert = _check_and_insert if signed else _insert
    return _all_at_once([(insert, (database, part)) for part in parts], len(batches))


def _all_at_once(works: Sequence[tuple[Callable[..., None], tuple[object, ...]]], batches: int) -> Rate:
    context = multiprocessing.get_context("fork")
    ready, go = context.Barrier(len(works) + 1), context.Event()
    processes = [context.Process(target=_wait_and_do, args=(ready, go, work, args)) for work, args in works]
    for process in processes:
        process.start()
    try:
        ready.wait(timeout=60)
        begun = time.perf_counter()
        go.set()
        for process in processes:
            process.join(timeout=300)
        seconds = time.perf_counter() - begun
        assert [process.exitcode for process in processes] == [0] * len(processes)
    finally:
        for process in processes:
            process.kill()
            process.join(timeout=10)
    return Rate(batches, seconds)


def _wait_and_do(ready, go, work: Callable[..., None], args: tuple[object, ...]) -> None:
    ready.wait(timeout=60)
    go.wait(timeout=60)
    work(*args)


def _send(place: tuple[str, int], batches: list[tuple[str, bytes]]) -> None:
    line = http.client.HTTPConnection(*place, timeout=60)
    for name, data in batches:
        line.request("PUT", f"/v1/batches/{name}", body=data)
        answer = line.getresponse()
        assert (answer.status, answer.read()[:18]) == (200, b"outreach-receipt/1"), answer.status
    line.close()


def _insert(database: str, batches: list[tuple[str, bytes]]) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for name, data in batches:
            connection.execute("INSERT INTO bare (sha512, data) VALUES (%s, %s)", (name, data))


def _check_and_insert(database: str, batches: list[tuple[str, bytes]]) -> None:
    laptop, place = entry(LAPTOP), LogState(1, "0" * 128)
    with psycopg.connect(database, autocommit=True) as connection:
        for name, data in batches:
            verified = verify_batch(data, laptop.signing)
            assert verified.sha512 == name
            issue = receipt_for(name, verified.header, laptop, at="2026-03-02T20:00:00Z", issuer=CENTRE.mailbox)
            connection.execute("INSERT INTO bare (sha512, data) VALUES (%s, %s)", (name, data + issue(place)))
