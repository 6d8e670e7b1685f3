"""The mailbox's HTTP face (Starlette): routes, limits, and one JSON shape for every refusal."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from outreach_app import logs
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.sync.batch_format import BATCH_LIMIT, HEADER_LIMIT, MAGIC
from outreach_app.sync.carriers.line import MARK, MARK_HEADER
from outreach_app.sync.framing import write_base64
from outreach_app.sync.receipts import RECEIPT_LIMIT
from outreach_app.sync.signed_document import LIMIT as DOCUMENT_LIMIT
from outreach_app.wire.mailbox_config import BatchPage, ErrorAnswer, ReceiptPage
from outreach_app.wire.strict import write_json

LARGE = 1 << 20  # a usual week is smaller; only a few larger bodies are held in memory at a time
LARGE_AT_A_TIME = 4
_START = len(MAGIC) + 8 + HEADER_LIMIT
_HASH = re.compile(r"[0-9a-f]{128}\Z")
_AFTER = re.compile(r"[0-9]{1,15}\Z")
_HEADERS = {MARK_HEADER: MARK, "cache-control": "no-store", "x-content-type-options": "nosniff"}
_log = logging.getLogger(__name__)


class MailboxApp:
    """Endpoints over one ``PostOffice``."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._large = 0

    async def put_batch(self, request: Request) -> Response:
        """``PUT /v1/batches/{sha512}``: a sealed batch in, the ``stored`` receipt out."""
        name = _name(request)
        body = await self._read(request, BATCH_LIMIT, self._check_sender)
        receipt = await run_in_threadpool(self._office.take_batch, name, body)
        return _bytes(receipt)

    async def get_receipts(self, request: Request) -> Response:
        """``GET /v1/receipts/{sha512}``: all receipts of a batch, for whoever knows its name."""
        found = await run_in_threadpool(self._office.find_receipts, _name(request))
        return _json(ReceiptPage(receipts=tuple(write_base64(data) for data in found)))

    async def list_batches(self, request: Request) -> Response:
        """``GET /v1/batches?after=N`` (desk)."""
        await self._desk_only(request)
        after = request.query_params.get("after", "0")
        if not _AFTER.match(after):
            raise RefusalError(400, "wrong_number")
        return _json(BatchPage(batches=await run_in_threadpool(self._office.list_batches, int(after))))

    async def get_batch(self, request: Request) -> Response:
        """``GET /v1/batches/{sha512}`` (desk)."""
        await self._desk_only(request)
        batch = await run_in_threadpool(self._office.find_batch, _name(request))
        headers = {**_HEADERS, "content-length": str(batch.size)}
        return StreamingResponse(batch.pieces, media_type="application/octet-stream", headers=headers)

    async def put_receipt(self, request: Request) -> Response:
        """``PUT /v1/receipts/{sha512}`` (desk): a receipt for the batch of this name."""
        name = _name(request)
        body = await self._desk_only(request, RECEIPT_LIMIT)
        await run_in_threadpool(self._office.take_receipt, name, body)
        return Response(status_code=204, headers=_HEADERS)

    async def put_devices(self, request: Request) -> Response:
        """``PUT /v1/devices`` (desk): the root-signed list of devices."""
        body = await self._desk_only(request, DOCUMENT_LIMIT)
        await run_in_threadpool(self._office.take_device_list, body)
        return Response(status_code=204, headers=_HEADERS)

    async def health(self, _request: Request) -> Response:
        """``GET /v1/health``: 204 when the store answers."""
        await run_in_threadpool(self._office.check_health)
        return Response(status_code=204, headers=_HEADERS)

    async def _check_sender(self, start: bytes) -> None:
        await run_in_threadpool(self._office.check_sender, start)

    async def _desk_only(self, request: Request, limit: int = 0) -> bytes:
        """Check that the desk signed the request, and only then read its body."""
        check = self._office.check_desk
        expected = await run_in_threadpool(check, request.method, _target(request), request.headers)
        body = await self._read(request, limit)
        if hashlib.sha512(body).hexdigest() != expected:
            raise RefusalError(400, "wrong_hash")
        return body

    async def _read(
        self, request: Request, limit: int, check_start: Callable[[bytes], Awaitable[None]] | None = None
    ) -> bytes:
        """Return the body; ends as soon as it is too large or its start is refused."""
        announced = _announced(request, limit)
        large = announced is None or announced > LARGE
        if large and self._large >= LARGE_AT_A_TIME:
            raise RefusalError(503, "busy")
        self._large += large
        try:
            return await _read_body(request, limit, announced, check_start)
        finally:
            self._large -= large


def make_app(office: PostOffice) -> Starlette:
    """Return the ASGI application."""
    app = MailboxApp(office)
    routes = [
        Route("/v1/batches/{sha512}", app.put_batch, methods=["PUT"]),
        Route("/v1/batches/{sha512}", app.get_batch, methods=["GET"]),
        Route("/v1/batches", app.list_batches, methods=["GET"]),
        Route("/v1/receipts/{sha512}", app.get_receipts, methods=["GET"]),
        Route("/v1/receipts/{sha512}", app.put_receipt, methods=["PUT"]),
        Route("/v1/devices", app.put_devices, methods=["PUT"]),
        Route("/v1/health", app.health, methods=["GET"]),
    ]
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        RefusalError: _refused,
        HTTPException: _no_such_thing,
        SQLAlchemyError: _store_failed,
        ClientDisconnect: _gone,
        Exception: _fault,
    }
    return Starlette(routes=routes, exception_handlers=dict(handlers))


async def _read_body(
    request: Request, limit: int, announced: int | None, check_start: Callable[[bytes], Awaitable[None]] | None
) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise RefusalError(413, "too_large")
        if check_start is not None and len(body) >= min(_START, limit if announced is None else announced):
            await check_start(bytes(body[:_START]))
            check_start = None
    return bytes(body)


def _announced(request: Request, limit: int) -> int | None:
    """Return the announced length of the body, or None when it is sent in pieces of unknown number."""
    text = request.headers.get("content-length")
    if text is None:
        return None if "transfer-encoding" in request.headers else 0
    announced = int(text) if _AFTER.match(text) else limit + 1
    if announced > limit:
        raise RefusalError(413, "too_large")
    return announced


def _name(request: Request) -> str:
    name = str(request.path_params["sha512"])
    if not _HASH.match(name):
        raise RefusalError(400, "wrong_hash")
    return name


def _target(request: Request) -> str:
    """Return path and query exactly as they were sent."""
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _bytes(data: bytes) -> Response:
    return Response(data, media_type="application/octet-stream", headers=_HEADERS)


def _json(value: object, status: int = 200) -> Response:
    return Response(write_json(value), status, media_type="application/json", headers=_HEADERS)


def _refuse(status: int, code: str) -> Response:
    logs.event(_log, code, status=status)
    response = _json(ErrorAnswer(error=code), status)
    if status in {400, 401, 403, 413, 503}:
        response.headers["connection"] = "close"  # the rest of a body that is not wanted is not read
    return response


def _refused(_request: Request, error: Exception) -> Response:
    if isinstance(error, RefusalError):
        return _refuse(error.status, error.code)
    raise error


def _no_such_thing(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _refuse(status, "no_such_method" if status == 405 else "no_such_path")


def _store_failed(_request: Request, error: Exception) -> Response:
    logs.bug(_log, error)
    return _refuse(503, "store_unavailable")


def _gone(_request: Request, _error: Exception) -> Response:
    return _refuse(400, "cut_short")


def _fault(_request: Request, error: Exception) -> Response:
    logs.bug(_log, error)
    return _refuse(500, "fault")
