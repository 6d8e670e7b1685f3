"""Time limits for connections: uvicorn alone waits for ever on half a header, a dribbled body, a reader that stopped.

Each connection is looked at a few times a second; whoever is too slow is cut off. Nothing is stored by then: a batch is
kept only when it is whole.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


@dataclass(frozen=True)
class TimeLimits:
    """Seconds and bytes per second."""

    header_seconds: float = 10.0
    body_seconds: float = 20.0
    slowest_bytes_per_second: float = 2048.0
    look_seconds: float = 0.5


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
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent does
        """Begin to look."""
        super().connection_made(transport)
        self._look_again()

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
            self._phase, self._since, self._moved = phase, now, 0
        if self._is_too_slow(phase, now - self._since):
            self.transport.abort()
            return
        self._look = self.loop.call_later(self.limits.look_seconds, self._look_again)

    def _present_phase(self) -> tuple[str, object]:
        """Return what is being waited for, and in which request of this connection."""
        if self.transport.get_write_buffer_size() > 0:
            return "reading the answer", self.transport.get_write_buffer_size()  # any progress is a new phase
        if self.conn.their_state is h11.IDLE:
            return "header", self.cycle
        if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused:
            return "body", self.cycle
        return "our work", self.cycle

    def _is_too_slow(self, phase: tuple[str, object], seconds: float) -> bool:
        limits = self.limits
        if phase[0] == "header":
            return seconds > limits.header_seconds
        if phase[0] == "body":
            return seconds > limits.body_seconds and self._moved < seconds * limits.slowest_bytes_per_second
        return phase[0] == "reading the answer" and seconds > limits.body_seconds


def timed_protocol(limits: TimeLimits) -> type[TimedProtocol]:
    """Return the protocol with other limits."""
    return type("TimedProtocol", (TimedProtocol,), {"limits": limits})
