"""Crowds of slow connections: a good laptop finishes all the same, and the crowd is cut off."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from outreach_app.centre.mailbox.server import Door
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.time_limits import TimeLimits
from outreach_app.sync.carriers.http import HttpMailbox
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, large_batch, running_mailbox
from tests.support.sync_people import LAPTOP

SMALL = batch()
LARGE = large_batch(2)
_STARTS = (
    b"PUT /v1/ba",
    b"",
    b"GET /v1/health HTTP/1.1\r\nhost: x\r\nx-",
    f"PUT /v1/batches/{SMALL.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: {len(SMALL.data)}\r\n\r\n".encode(),
)


@contextmanager
def crowd(address: tuple[str, int], size: int) -> Iterator[list[socket.socket]]:
    """Open ``size`` connections that send a byte now and then, until the end of the block."""
    stop = threading.Event()
    with ExitStack() as stack:
        lines = []
        for place in range(size):
            line = stack.enter_context(socket.create_connection(address, timeout=20))
            line.sendall(_STARTS[place % len(_STARTS)])
            line.setblocking(False)
            lines.append(line)

        def drip() -> None:
            while not stop.wait(0.2):
                for line in lines:
                    with contextlib.suppress(OSError):
                        line.send(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield lines
        finally:
            stop.set()
            thread.join(timeout=20)


def closed(line: socket.socket) -> bool:
    try:
        return line.recv(1 << 16) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def all_cut_off(lines: list[socket.socket], seconds: float) -> bool:
    end = time.monotonic() + seconds
    left = list(lines)
    while left and time.monotonic() < end:
        left = [line for line in left if not closed(line)]
        time.sleep(0.05)
    return not left


def send_both(running: RunningMailbox) -> None:
    with HttpMailbox(running.url) as laptop:
        assert laptop.put_batch(SMALL.data)
        assert laptop.put_batch(LARGE.data)


def test_a_good_laptop_finishes_among_500_slow_ones(store: MailboxStore) -> None:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    limits = TimeLimits(header_seconds=3, body_seconds=3, look_seconds=0.1)
    with running_mailbox(store, limits) as running, crowd(running.address, 500) as lines:
        send_both(running)
        assert [row.sha512 for row in store.list_batches(0)] == [SMALL.sha512, LARGE.sha512]
        assert all_cut_off(lines, 20)


def test_who_waits_longest_makes_room_for_who_comes(store: MailboxStore) -> None:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    limits = TimeLimits(header_seconds=60, body_seconds=60, look_seconds=0.05, connections=20)
    with running_mailbox(store, limits) as running, ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(running.address, timeout=20)) for _ in range(20)]
        time.sleep(0.3)
        send_both(running)
        cut = []
        for line in lines:
            line.setblocking(False)
            cut.append(closed(line))
        assert 1 <= sum(cut) <= 3


def test_a_crowd_of_one_address_keeps_nobody_else_of_it_away(store: MailboxStore) -> None:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    limits = TimeLimits(header_seconds=60, body_seconds=60, look_seconds=0.05, connections_of_address=10)
    head = f"PUT /v1/batches/{SMALL.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n".encode()
    with running_mailbox(store, limits) as running, ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(running.address, timeout=20)) for _ in range(12)]
        for line in lines[2:]:
            line.sendall(head)
        time.sleep(0.5)
        send_both(running)
        for line in lines:
            line.setblocking(False)
        cut = [closed(line) for line in lines]
        assert cut[:2] == [True, True], "who waits longest goes first"
        assert 1 <= sum(cut[2:]) <= 2


def test_behind_a_proxy_all_connections_are_its_own(store: MailboxStore) -> None:
    limits = TimeLimits(look_seconds=0.05, connections_of_address=2)
    with running_mailbox(store, limits, door=Door(behind_proxy=True)) as running, ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(running.address, timeout=20)) for _ in range(6)]
        time.sleep(0.3)
        for line in lines:
            line.setblocking(False)
        assert not any(closed(line) for line in lines)


def test_when_everyone_else_of_an_address_is_new_the_newcomer_is_cut_off(store: MailboxStore) -> None:
    limits = TimeLimits(header_seconds=60, body_seconds=60, look_seconds=30, connections_of_address=2)
    with running_mailbox(store, limits) as running, ExitStack() as stack:
        for _ in range(2):
            line = stack.enter_context(socket.create_connection(running.address, timeout=20))
            line.sendall(_STARTS[3])
        time.sleep(0.5)
        late = stack.enter_context(socket.create_connection(running.address, timeout=20))
        late.settimeout(20)
        with contextlib.suppress(ConnectionError):
            assert late.recv(100) == b""


def test_when_everyone_else_is_at_work_the_newcomer_is_cut_off(store: MailboxStore) -> None:
    limits = TimeLimits(header_seconds=60, body_seconds=60, look_seconds=0.05, connections=3)
    head = f"PUT /v1/batches/{SMALL.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n".encode()
    with running_mailbox(store, limits) as running, ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(socket.create_connection(running.address, timeout=20)).sendall(head)
        time.sleep(0.5)
        late = stack.enter_context(socket.create_connection(running.address, timeout=20))
        late.settimeout(20)
        with contextlib.suppress(ConnectionError):
            assert late.recv(100) == b""
