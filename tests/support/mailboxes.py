"""A real mailbox on loopback for tests: the real application under the real server, in a thread of this process."""

from __future__ import annotations

import base64
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from outreach_app.centre.mailbox.configuration import MailboxConfiguration
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.serve import _listen
from outreach_app.centre.mailbox.server import Door, MailboxServer, make_server
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.time_limits import TimeLimits
from outreach_app.centre.mailbox.watching import Exchange
from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.devices import DeviceEntry, make_device_list
from outreach_app.sync.sealing import SealedBatch, seal_batch
from outreach_app.sync.uploads import CHUNK, UPLOAD_HEADER, chunks_of, read_bitmap, upload_opening
from tests.support.clock import FakeClock
from tests.support.sync_people import CENTRE, LAPTOP, Laptop

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
CONFIGURATION = MailboxConfiguration(CENTRE.mailbox, CENTRE.root.public, CENTRE.desk.public)


def entry(laptop: Laptop, status: str = "enrolled") -> DeviceEntry:
    return DeviceEntry(laptop.device, laptop.signing.public, laptop.receiving.public, status)  # type: ignore[arg-type]  # one of two words


def device_list(*entries: DeviceEntry, number: int = 1) -> bytes:
    return make_device_list(entries, number=number, issued_at=NOW, root=CENTRE.root)


def batch(seq: int = 1, laptop: Laptop = LAPTOP, lines: tuple[bytes, ...] = (b'{"id":"1"}',), epoch: int = 1) -> SealedBatch:
    return seal_batch(
        lines, device=laptop.device, epoch=epoch, seq=seq, prev_hash=FIRST_PREV_HASH, signing=laptop.signing,
        centre_key=CENTRE.sealing_key,
    )


@dataclass(frozen=True)
class RunningMailbox:
    url: str
    store: MailboxStore
    clock: FakeClock
    server: MailboxServer

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.rpartition("/")[2].partition(":")
        return host, int(port)


def raw_answer(address: tuple[str, int], request: str) -> bytes:
    """Send these bytes, read until the mailbox closes."""
    with socket.create_connection(address, timeout=20) as line:
        line.sendall(request.encode())
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


@contextmanager
def running_mailbox(
    store: MailboxStore,
    limits: TimeLimits | None = None,
    *,
    door: Door | None = None,
    seen: Callable[[Exchange], None] = lambda _exchange: None,
) -> Iterator[RunningMailbox]:
    clock = FakeClock()
    listener = _listen("127.0.0.1", 0)
    server = make_server(PostOffice(CONFIGURATION, store, clock), limits or TimeLimits(), door, seen)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        end = time.monotonic() + 20
        while not server.address:
            assert time.monotonic() < end, "the mailbox did not start"
            assert thread.is_alive(), "the mailbox ended at once"
            time.sleep(0.005)
        yield RunningMailbox(server.address, store, clock, server)
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listener.close()
    assert not thread.is_alive()


def large_batch(seq: int = 1, size: int = 5 * CHUNK, laptop: Laptop = LAPTOP) -> SealedBatch:
    """A sealed batch of at least ``size`` bytes, which goes in chunks."""
    lines = tuple(base64.b64encode(os.urandom(600 << 10)) for _ in range(size // (600 << 10) + 1))
    return batch(seq, laptop, lines)


class Uploading:
    """One upload, request by request."""

    def __init__(self, client: httpx.Client, sealed: SealedBatch) -> None:
        self.client = client
        self.sealed = sealed
        self.path = f"/v1/uploads/{sealed.sha512}"
        self.headers: dict[str, str] = {}

    def open(self) -> httpx.Response:
        answer = self.client.put(self.path, content=upload_opening(self.sealed.data))
        if answer.is_success:
            self.headers = {UPLOAD_HEADER: answer.json()["token"]}
        return answer

    def look(self) -> httpx.Response:
        return self.client.get(self.path)

    def put(self, index: int, data: bytes | None = None) -> httpx.Response:
        chunk = self.sealed.data[index * CHUNK : (index + 1) * CHUNK]
        return self.client.put(f"{self.path}/{index}", content=chunk if data is None else data, headers=self.headers)

    def commit(self) -> httpx.Response:
        return self.client.post(f"{self.path}/commit", headers=self.headers)

    def missing(self, answer: httpx.Response) -> tuple[int, ...]:
        assert answer.status_code == 200, answer.text
        state = answer.json()
        assert (state["size"], state["chunk"]) == (len(self.sealed.data), CHUNK)
        missing = read_bitmap(base64.b64decode(state["missing"]), self.count)
        assert missing is not None
        return missing

    @property
    def count(self) -> int:
        return chunks_of(len(self.sealed.data))

    def send(self) -> httpx.Response:
        for index in self.missing(self.open()):
            assert self.put(index).status_code == 204
        return self.commit()
