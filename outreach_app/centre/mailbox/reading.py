"""How the mailbox reads a body: limits before the first byte, senders checked before the rest, memory in bounds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.sync.batch_format import HEADER_LIMIT, MAGIC

LARGE = 1 << 20  # only the desk's lists and packs are larger; few of them are held in memory at a time
LARGE_AT_A_TIME = 4
HELD_LIMIT = 128 << 20  # bytes of all other bodies that are being received
START = len(MAGIC) + 8 + HEADER_LIMIT  # the header of a batch lies within
_HASH = re.compile(r"[0-9a-f]{128}\Z")
_LENGTH = re.compile(r"[0-9]{1,15}\Z")

Check = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True)
class BodyLimit:
    """The most bytes a body may have, and how a larger one is refused; beyond ``beyond`` always as ``too_large``."""

    most: int
    code: str = "too_large"
    status: int = 413
    beyond: int = 1 << 62

    def refuse(self, size: int) -> RefusalError:
        """Return the refusal for a body of (at least) ``size`` bytes."""
        return RefusalError(413, "too_large") if size > self.beyond else RefusalError(self.status, self.code)


class Reader:
    """Reads bodies for all routes of one application; counts what they hold in memory."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._large = 0
        self._held = 0

    async def desk_only(self, request: Request, limit: int = 0) -> bytes:
        """Check that the desk signed the request, and only then read its body."""
        check = self._office.check_desk
        expected = await run_in_threadpool(check, request.method, _target(request), request.headers)
        body = await self.read(request, BodyLimit(limit))
        if hashlib.sha512(body).hexdigest() != expected:
            raise RefusalError(400, "wrong_hash")
        return body

    async def read(self, request: Request, limit: BodyLimit, check_start: Check | None = None) -> bytes:
        """Return the body; ends as soon as it is too large or its start is refused."""
        announced = _announced(request, limit)
        most = limit.most if announced is None else announced
        if most > LARGE:
            with self._large_place():
                return bytes(await _receive(request, bytearray(), limit, most, check_start))
        body = bytearray()
        try:
            return bytes(await _receive(request, body, limit, most, check_start, self._hold))
        finally:
            self._held -= len(body)

    def _hold(self, part: bytes) -> None:
        self._held += len(part)
        if self._held > HELD_LIMIT:
            raise RefusalError(503, "busy")

    @contextmanager
    def _large_place(self) -> Iterator[None]:
        """Take one of the few places for large bodies."""
        if self._large >= LARGE_AT_A_TIME:
            raise RefusalError(503, "busy")
        self._large += 1
        try:
            yield
        finally:
            self._large -= 1


async def _receive(
    request: Request,
    body: bytearray,
    limit: BodyLimit,
    most: int,
    check_start: Check | None = None,
    hold: Callable[[bytes], None] = lambda _part: None,
) -> bytearray:
    """Fill ``body``; its start is checked as soon as it is there."""
    async for part in request.stream():
        body += part
        hold(part)
        if len(body) > limit.most:
            raise limit.refuse(len(body))
        if check_start is not None and len(body) >= min(START, most):
            await check_start(bytes(body[:START]))
            check_start = None
    return body


def batch_name(request: Request) -> str:
    """Return the hash in the path; RefusalError (400 ``wrong_hash``) if it is none."""
    name = str(request.path_params["sha512"])
    if not _HASH.match(name):
        raise RefusalError(400, "wrong_hash")
    return name


def small_number(untrusted: str, code: str) -> int:
    """Return a number from 0, of at most 15 digits; RefusalError (400 ``code``) if it is none."""
    if not _LENGTH.match(untrusted):
        raise RefusalError(400, code)
    return int(untrusted)


def _announced(request: Request, limit: BodyLimit) -> int | None:
    """Return the announced length of the body, or None when it is sent in pieces of unknown number."""
    text = request.headers.get("content-length")
    if text is None:
        return None if "transfer-encoding" in request.headers else 0
    announced = int(text) if _LENGTH.match(text) else 1 << 60
    if announced > limit.most:
        raise limit.refuse(announced)
    return announced


def _target(request: Request) -> str:
    """Return path and query exactly as they were sent."""
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1")
    return f"{path}?{query}" if query else path
