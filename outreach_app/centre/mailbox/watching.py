"""What goes round every request: it is counted, a refused body is let run out, and no fault leaves as a traceback."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outreach_app import logs
from outreach_app.centre.mailbox.answers import REFUSAL

RUN_OUT_BYTES = 2 << 20
RUN_OUT_SECONDS = 10.0
_METHODS = frozenset({"GET", "PUT", "POST"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, without anything that says who or what: the route is a template.

    Attributes:
        method: ``GET``, ``PUT``, ``POST`` or ``other``.
        route: ``/v1/batches/{sha512}`` and its like, or ``none``.
        status: of the answer; 0 when none was sent.
        refusal: code of a refusal, or empty.
        seconds: from the first byte of the request to the last of the answer.
        received: bytes of the body.
        sent: bytes of the answer's body.
    """

    method: str
    route: str
    status: int
    refusal: str
    seconds: float
    received: int
    sent: int


class Watched:
    """An ASGI application round another one; tells ``seen`` about every exchange."""

    def __init__(self, app: ASGIApp, seen: Callable[[Exchange], None]) -> None:
        self._app = app
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        passage = _Passage(scope, receive, send)
        begun = time.perf_counter()
        try:
            await self._app(scope, passage.receive, passage.send)
        except Exception as error:  # noqa: BLE001  # whatever it is: the server would log it with its values
            logs.bug(_log, error)
        finally:
            self._seen(passage.exchange(time.perf_counter() - begun))


class _Passage:
    """One request on its way through."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._all_received = False
        self._received = self._sent = self._status = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._received += len(message.get("body", b""))
        self._all_received = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            if _closes(message) and not self._all_received:
                await self._run_out()
        else:
            self._sent += len(message.get("body", b""))
        await self._send(message)

    async def _run_out(self) -> None:
        """Read what is still coming, within bounds: closing while bytes arrive would take the answer with it."""
        headers = dict(self._scope["headers"])
        length = headers.get(b"content-length", b"0")
        if b"expect" in headers or not length.isdigit() or int(length) > RUN_OUT_BYTES:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._discard(), RUN_OUT_SECONDS)

    async def _discard(self) -> None:
        end = self._received + RUN_OUT_BYTES
        while not self._all_received and self._received < end:
            await self.receive()

    def exchange(self, seconds: float) -> Exchange:
        method, route = self._scope["method"], self._scope.get("route")
        return Exchange(
            method=method if method in _METHODS else "other",
            route=str(route.path) if route is not None else "none",
            status=self._status,
            refusal=str(self._scope.get(REFUSAL, "")),
            seconds=seconds,
            received=self._received,
            sent=self._sent,
        )


def _closes(start: Message) -> bool:
    return (b"connection", b"close") in start["headers"]
