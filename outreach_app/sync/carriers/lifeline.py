"""Cuts a line that waits too long, or whose worker gave up: no library call on it knows either.

A time-out of a socket counts from byte to byte, so a server that drips, or says "go on" for ever, keeps a request
alive.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

_LOOK_SECONDS = 0.2


@dataclass
class Watch:
    """One request being watched; ``late`` and ``stopped`` say why its line was cut."""

    over: threading.Event = field(default_factory=threading.Event)
    late: bool = False
    stopped: bool = False


class Lifeline:
    """Holds the socket of one line; ``over`` watches a request on it."""

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped
        self._socket: socket.socket | None = None

    def notice(self, event: str, info: Mapping[str, Any]) -> None:
        """Take the socket of a new connection: httpcore tells of each step by this call (its ``trace`` extension)."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")

    @contextmanager
    def over(self, seconds: float) -> Iterator[Watch]:
        """Watch what happens inside for at most ``seconds``."""
        watch = Watch()
        thread = threading.Thread(target=self._look, args=(watch, seconds), name="lifeline", daemon=True)
        thread.start()
        try:
            yield watch
        finally:
            watch.over.set()
            thread.join()

    def _look(self, watch: Watch, seconds: float) -> None:
        left = seconds
        while not watch.over.wait(_LOOK_SECONDS):
            left -= _LOOK_SECONDS
            watch.stopped = watch.stopped or self._stopped()
            watch.late = left <= 0
            if (watch.stopped or watch.late) and self._socket is not None:
                with suppress(OSError):  # not connected any more
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # past TLS, whose state another thread uses
