"""Slow clients: half a header, a dribbled body, a reader that stopped. All are cut off, others are not disturbed."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator

import pytest

from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.time_limits import TimeLimits
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.desk_request import sign_request
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sync_people import CENTRE, LAPTOP

LIMITS = TimeLimits(header_seconds=0.6, body_seconds=0.6, slowest_bytes_per_second=2048, look_seconds=0.05)
PATIENCE = 15.0
BATCH = batch()
START = f"PUT /v1/batches/{BATCH.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: {len(BATCH.data)}\r\n\r\n".encode()


@pytest.fixture
def strict_mailbox(store: MailboxStore) -> Iterator[RunningMailbox]:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    with running_mailbox(store, LIMITS) as running:
        yield running


def seconds_until_closed(line: socket.socket, drip: bytes = b"") -> float:
    """Send one byte now and then; return after how long the other end closes."""
    begun = time.monotonic()
    line.settimeout(0.1)
    while time.monotonic() - begun < PATIENCE:
        try:
            if drip:
                line.sendall(drip[:1])
                drip = drip[1:]
            if line.recv(4096) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - begun


@pytest.mark.parametrize("start", [b"", b"PUT /v1/ba", START[:-2], START, START + BATCH.data[:200]])
def test_a_silent_client_is_cut_off(strict_mailbox: RunningMailbox, start: bytes) -> None:
    with socket.create_connection(strict_mailbox.address) as line:
        line.sendall(start)
        assert 0.4 < seconds_until_closed(line) < PATIENCE


@pytest.mark.parametrize("place", [5, len(START) + 300])
def test_one_byte_now_and_then_is_cut_off(strict_mailbox: RunningMailbox, store: MailboxStore, place: int) -> None:
    whole = START + BATCH.data
    with socket.create_connection(strict_mailbox.address) as line:
        line.sendall(whole[:place])
        assert seconds_until_closed(line, whole[place:]) < PATIENCE
    assert store.list_batches(0) == ()


def test_half_a_header_after_a_good_request_is_cut_off_too(strict_mailbox: RunningMailbox) -> None:
    with socket.create_connection(strict_mailbox.address) as line:
        line.sendall(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\nGET /v1/hea")
        assert seconds_until_closed(line) < PATIENCE


@pytest.mark.parametrize(("rests", "pause", "step"), [(1, 2.0, 1 << 20), (30, 0.1, 50)], ids=["stopped", "dawdles"])
def test_a_reader_that_is_too_slow_is_cut_off(
    strict_mailbox: RunningMailbox, store: MailboxStore, rests: int, pause: float, step: int
) -> None:
    big = batch(lines=tuple(os.urandom(900_000).replace(b"\n", b"") for _ in range(12)))
    store.put_batch(big.sha512, big.header, big.data, at="2026-03-02T20:00:00Z", issue=lambda _state: b"receipt")
    path = f"/v1/batches/{big.sha512}"
    headers = sign_request("GET", path, b"", now=strict_mailbox.clock.now(), keys=CENTRE.desk)
    text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(strict_mailbox.address)
        line.sendall(f"GET {path} HTTP/1.1\r\nhost: x\r\n{text}\r\n".encode())
        begun, received = time.monotonic(), 0
        line.settimeout(PATIENCE)
        with contextlib.suppress(ConnectionError):
            while (part := line.recv(step)) and time.monotonic() - begun < PATIENCE:
                received += len(part)
                time.sleep(pause if rests > 0 else 0)
                rests -= 1
    assert received < len(big.data)
    assert time.monotonic() - begun < PATIENCE


def test_a_line_cut_at_any_byte_stores_nothing_and_sending_again_works(
    strict_mailbox: RunningMailbox, store: MailboxStore
) -> None:
    whole = START + BATCH.data
    for place in (1, 40, len(START) - 1, len(START), len(START) + 1, len(START) + 5000, len(whole) - 1):
        with socket.create_connection(strict_mailbox.address) as line:
            line.sendall(whole[:place])
    assert store.list_batches(0) == ()
    with HttpMailbox(strict_mailbox.url) as laptop:
        first = laptop.put_batch(BATCH.data)
        assert laptop.put_batch(BATCH.data) == first


def test_an_answer_lost_on_the_way_is_the_same_answer_again(strict_mailbox: RunningMailbox, store: MailboxStore) -> None:
    with socket.create_connection(strict_mailbox.address) as line:
        line.sendall(START + BATCH.data)
        end = time.monotonic() + PATIENCE
        while not store.list_batches(0):
            assert time.monotonic() < end
            time.sleep(0.02)
    with HttpMailbox(strict_mailbox.url) as laptop:
        assert laptop.fetch_receipts(BATCH.sha512) == (laptop.put_batch(BATCH.data),)
    assert len(store.list_batches(0)) == 1


def test_a_patient_client_keeps_its_line(strict_mailbox: RunningMailbox) -> None:
    with HttpDesk(strict_mailbox.url, signing=CENTRE.desk, clock=strict_mailbox.clock) as desk:
        for _ in range(6):
            assert desk.list_batches() == ()
            time.sleep(0.2)


def test_slow_clients_do_not_stop_the_others(strict_mailbox: RunningMailbox) -> None:
    lines = [socket.create_connection(strict_mailbox.address) for _ in range(30)]
    try:
        for line in lines:
            line.sendall(b"PUT /v1/ba")
        with HttpMailbox(strict_mailbox.url) as laptop:
            assert laptop.put_batch(BATCH.data)
    finally:
        for line in lines:
            line.close()

