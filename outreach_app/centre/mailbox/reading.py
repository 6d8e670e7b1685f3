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
from outreach_app.centre.mailbox.held_bytes import HeldBody, HeldBytes
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.rates import network_of
from outreach_app.sync.batch_format import HEADER_LIMIT, MAGIC

LARGE = 1 << 20  # only the desk's lists and packs are larger; few of them are held in memory at a time
LARGE_AT_A_TIME = 4
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

    def __init__(self, office: PostOffice, *, behind_proxy: bool = False) -> None:
        """``behind_proxy`` as for ``RequestRates``: whose bytes they are stands in ``x-forwarded-for``."""
        self._office = office
        self._held = HeldBytes()
        self._behind_proxy = behind_proxy
        self._large = 0

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
                return await _receive(request, HeldBody(), limit, most, check_start)
        body = self._held.begin(network_of(request.scope, behind_proxy=self._behind_proxy))
        try:
            return await _receive(request, body, limit, most, check_start, self._held.add)
        finally:
            self._held.end(body)

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
    body: HeldBody,
    limit: BodyLimit,
    most: int,
    check_start: Check | None = None,
    add: Callable[[HeldBody, bytes], None] = HeldBody.add,
) -> bytes:
    """Fill ``body`` and return its bytes; its start is checked as soon as it is there."""
    async for part in request.stream():
        add(body, part)
        if len(body.data) > limit.most:
            raise limit.refuse(len(body.data))
        if check_start is not None and len(body.data) >= min(START, most):
            await check_start(bytes(body.data[:START]))
            check_start = None
        if body.given_up:
            raise RefusalError(503, "busy")
    return bytes(body.data)


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
