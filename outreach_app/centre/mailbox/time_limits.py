"""Time limits for connections: uvicorn alone waits for ever on half a header, a dribbled body, a reader that dawdles.

Each connection is looked at a few times a second; whoever is too slow is cut off. Nothing is stored by then: a batch is
kept only when it is whole. When there are too many connections, the one that has said nothing for longest makes room;
when there are too many of one address, one of that address does.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


@dataclass(frozen=True)
class TimeLimits:
    """Seconds, bytes per second, connections; of one address 0 for no limit, as behind a proxy, whose they all are."""

    header_seconds: float = 10.0
    body_seconds: float = 20.0
    slowest_bytes_per_second: float = 2048.0
    look_seconds: float = 0.5
    connections: int = 2000
    connections_of_address: int = 100


class _Counted:
    """A transport that counts what was handed to it; everything else is the real one's."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.handed = 0

    def write(self, data: bytes) -> None:
        self.handed += len(data)
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class TimedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol with an eye on the clock."""

    limits = TimeLimits()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._phase: object = None
        self._since = 0.0
        self._moved = 0
        self._left_before = 0
        self._look: asyncio.TimerHandle | None = None
        self._counted: _Counted

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent does
        """Begin to look; make room if there are too many."""
        self._counted = _Counted(transport)
        super().connection_made(cast("asyncio.Transport", self._counted))
        self._look_again()
        if len(self.connections) > self.limits.connections:
            self._make_room()
        elif self.limits.connections_of_address:
            self._make_room_of_address()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking."""
        if self._look is not None:
            self._look.cancel()
            self._look = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what came."""
        self._moved += len(data)
        super().data_received(data)

    def _look_again(self) -> None:
        """Cut off whoever is too slow in this phase."""
        now = self.loop.time()
        phase = self._present_phase()
        if phase != self._phase:
            self._phase, self._since, self._moved, self._left_before = phase, now, 0, self._left()
        if self._is_too_slow(phase, now - self._since):
            self.transport.abort()
            return
        self._look = self.loop.call_later(self.limits.look_seconds, self._look_again)

    def _left(self) -> int:
        """Return how many bytes have left for the network."""
        return self._counted.handed - self.transport.get_write_buffer_size()

    def _make_room(self) -> None:
        """Cut off whoever has waited longest without a whole request; this very connection if all others work."""
        waiting = [one for one in self._others() if one.is_waiting()]
        longest = min(waiting, key=lambda one: one.waits_since() or 0.0, default=self)
        longest.transport.abort()

    def _make_room_of_address(self) -> None:
        """Cut off whoever of this address has waited longest; if nobody waits, whoever sends slowest."""
        others = [one for one in self._others() if one.host() == self.host()]
        if len(others) < self.limits.connections_of_address:
            return
        waiting = [(one.waits_since() or 0.0, one) for one in others if one.is_waiting()]
        slow = [(speed, one) for one in others if (speed := one.speed()) is not None]
        min(waiting or slow, key=lambda each: each[0], default=(0.0, self))[1].transport.abort()

    def _others(self) -> list[TimedProtocol]:
        """Return all other connections but those that were cut off just now."""
        every = [one for one in self.connections if isinstance(one, TimedProtocol) and one is not self]
        return [one for one in every if not one.transport.is_closing()]

    def host(self) -> str:
        """Return the address of the other side."""
        return self.client[0] if self.client else ""

    def is_waiting(self) -> bool:
        """Say whether no whole header came yet."""
        return self.conn.their_state is h11.IDLE and self.waits_since() is not None

    def speed(self) -> float | None:
        """Return bytes per second of a body that has been coming for a while, None if none has."""
        seconds = self.loop.time() - self._since
        is_body = isinstance(self._phase, tuple) and self._phase[0] == "body"
        return self._moved / seconds if is_body and seconds > self.limits.look_seconds else None

    def waits_since(self) -> float | None:
        """Return since when a request is being waited for (seconds of the loop), None if something else is."""
        return self._since if isinstance(self._phase, tuple) and self._phase[0] == "header" else None

    def _present_phase(self) -> tuple[str, object]:
        """Return what is being waited for, and in which request of this connection."""
        if self.transport.get_write_buffer_size() > 0:
            return "reading the answer", self.cycle
        if self.conn.their_state is h11.IDLE:
            return "header", self.cycle
        if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused:
            return "body", self.cycle
        return "our work", self.cycle

    def _is_too_slow(self, phase: tuple[str, object], seconds: float) -> bool:
        limits = self.limits
        if phase[0] == "header":
            return seconds > limits.header_seconds
        if phase[0] == "our work" or seconds <= limits.body_seconds:
            return False
        moved = self._moved if phase[0] == "body" else self._left() - self._left_before
        return moved < seconds * limits.slowest_bytes_per_second


def timed_protocol(limits: TimeLimits) -> type[TimedProtocol]:
    """Return the protocol with other limits."""
    return type("TimedProtocol", (TimedProtocol,), {"limits": limits})
