"""A line between a laptop and a mailbox on loopback that cuts, delays, repeats, reorders and truncates as it is told."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_STEP = 65536
_FOREVER = 1 << 62


@dataclass(frozen=True)
class Plan:
    """What happens to one connection. Places count bytes from its beginning.

    ``repeat`` hands the same request over once more after the connection ended, ``hold`` before this one begins waits for
    a later connection to end (so that requests arrive in another order), ``step`` sends so many bytes at a time.
    """

    cut_request_at: int = _FOREVER
    cut_response_at: int = _FOREVER
    seconds: float = 0.0
    step: int = _STEP
    repeat: int = 0
    hold: bool = False


FAITHFUL = Plan()


@dataclass
class ChaosLine:
    """The running line: ``address`` is what a laptop speaks to; ``plan`` is asked for each connection, from 0."""

    mailbox: tuple[str, int]
    plan: Callable[[int], Plan]
    address: tuple[str, int] = ("", 0)
    connections: int = 0
    repeated: int = 0
    requested: int = 0  # bytes that laptops sent
    _ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}"

    def carry(self, laptop: socket.socket) -> None:
        with self._lock:
            number, self.connections = self.connections, self.connections + 1
        plan = self.plan(number)
        if plan.hold:
            self._ended.clear()
            self._ended.wait(timeout=0.5)
        with contextlib.suppress(OSError), laptop, socket.create_connection(self.mailbox, timeout=10) as onward:
            request = self._pass(laptop, onward, plan)
        if not plan.hold:
            self._ended.set()
        for _again in range(plan.repeat):
            self._repeat(request)

    def _pass(self, laptop: socket.socket, onward: socket.socket, plan: Plan) -> bytes:
        """Carry both ways until somebody ends or a place to cut at is reached; return what the laptop said."""
        said = bytearray()
        forth = threading.Thread(target=_forward, args=(laptop, onward, plan.cut_request_at, plan, said), daemon=True)
        forth.start()
        _forward(onward, laptop, plan.cut_response_at, plan, bytearray())
        _end(laptop, onward)
        forth.join(timeout=10)
        with self._lock:
            self.requested += len(said)
        return bytes(said)

    def _repeat(self, request: bytes) -> None:
        with contextlib.suppress(OSError), socket.create_connection(self.mailbox, timeout=10) as onward:
            onward.sendall(request)
            onward.shutdown(socket.SHUT_WR)
            while onward.recv(_STEP):
                pass
            with self._lock:
                self.repeated += 1


@contextmanager
def chaos_line(mailbox: tuple[str, int], plan: Callable[[int], Plan] = lambda _number: FAITHFUL) -> Iterator[ChaosLine]:
    line = ChaosLine(mailbox, plan)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    line.address = listener.getsockname()[:2]
    carrying: list[threading.Thread] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                laptop, _address = listener.accept()
                laptop.settimeout(20)
                thread = threading.Thread(target=line.carry, args=(laptop,), daemon=True)
                carrying.append(thread)
                thread.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield line
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(timeout=10)
        for thread in carrying:
            thread.join(timeout=25)


def _forward(source: socket.socket, target: socket.socket, cut_at: int, plan: Plan, said: bytearray) -> None:
    with contextlib.suppress(OSError):
        while len(said) < cut_at:
            part = source.recv(min(plan.step, cut_at - len(said)))
            if not part:
                break
            if plan.seconds:
                time.sleep(plan.seconds)
            said += part
            target.sendall(part)
        _end(source, target)


def _end(*lines: socket.socket) -> None:
    for line in lines:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
