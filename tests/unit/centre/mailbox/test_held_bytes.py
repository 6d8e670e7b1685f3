"""Memory for bodies: whoever takes most of it gives way; a usual week still gets through."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import pytest

from outreach_app.centre.mailbox import held_bytes
from outreach_app.centre.mailbox.held_bytes import HeldBody, HeldBytes
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.batch_format import HEADER_LIMIT
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.uploads import ONE_REQUEST
from tests.support.mailboxes import batch, device_list, entry, large_batch, running_mailbox
from tests.support.sync_people import LAPTOP


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_bytes, "HELD_LIMIT", 100)
    monkeypatch.setattr(held_bytes, "HELD_OF_ADDRESS", 60)


def held(held: HeldBytes, address: str, size: int) -> HeldBody:
    body = held.begin(address)
    held.add(body, bytes(size))
    return body


def test_the_newest_large_body_of_the_greediest_address_gives_way() -> None:
    bytes_held = HeldBytes()
    first, second = held(bytes_held, "greedy", 25), held(bytes_held, "greedy", 25)
    other, small = held(bytes_held, "other", 45), held(bytes_held, "greedy", 2)
    newcomer = held(bytes_held, "good", 10)
    assert [one.given_up for one in (first, second, other, small, newcomer)] == [False, True, False, False, False]
    assert second.data == b""
    bytes_held.add(second, b"more")
    assert second.data == b""


def test_one_address_has_a_bound_of_its_own() -> None:
    bytes_held = HeldBytes()
    bodies = [held(bytes_held, "greedy", 30) for _ in range(4)]
    assert [one.given_up for one in bodies] == [False, False, True, True]


def test_what_is_over_counts_no_longer() -> None:
    bytes_held = HeldBytes()
    for _ in range(5):
        body = held(bytes_held, "one", 50)
        bytes_held.add(body, b"")
        bytes_held.end(body)
        bytes_held.end(body)
    assert not body.data
    assert not held(bytes_held, "one", 60).given_up
    bytes_held.end(bytes_held.begin("two"))


def test_a_usual_week_gets_through_a_crowd_of_held_bodies(
    store: MailboxStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_bytes, "HELD_LIMIT", 8 << 20)
    monkeypatch.setattr(held_bytes, "HELD_OF_ADDRESS", 4 << 20)
    store.put_device_list(1, device_list(entry(LAPTOP)))
    begun = batch(7).data[: HEADER_LIMIT // 2]  # anybody who saw a batch of an enrolled device has this
    body = begun + bytes(ONE_REQUEST - 1 - len(begun))
    head = f"PUT /v1/batches/{'0' * 128} HTTP/1.1\r\nhost: x\r\ncontent-length: {ONE_REQUEST}\r\n\r\n".encode()
    with running_mailbox(store) as mailbox, ExitStack() as stack:
        for _ in range(6):
            line = stack.enter_context(socket.create_connection(mailbox.address, timeout=20))
            line.sendall(head + body)
        time.sleep(0.3)
        with HttpMailbox(mailbox.url) as laptop:
            assert laptop.put_batch(batch(1).data)
            assert laptop.put_batch(large_batch(2).data)
