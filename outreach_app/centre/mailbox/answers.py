"""How the mailbox answers: its mark on everything, one JSON shape for every refusal, large bodies piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from outreach_app.sync.carriers.line import MARK, MARK_HEADER
from outreach_app.wire.mailbox_config import ErrorAnswer
from outreach_app.wire.strict import write_json

HEADERS = {MARK_HEADER: MARK, "cache-control": "no-store", "x-content-type-options": "nosniff"}
REFUSAL = "outreach.refusal"  # key of the ASGI scope under which the code of a refusal stands
_BYTES = "application/octet-stream"
_BUSY_SECONDS = {429: 60, 503: 5}  # how long to wait unless the refusal knows better
_CLOSES = frozenset({400, 401, 403, 413, 429, 503})  # the rest of a body that is not wanted is not read


def whole(data: bytes) -> Response:
    """Return an answer of bytes."""
    return Response(data, media_type=_BYTES, headers=HEADERS)


def in_pieces(size: int, pieces: Iterator[bytes]) -> Response:
    """Return an answer of ``size`` bytes that are read while they are sent."""
    return StreamingResponse(pieces, media_type=_BYTES, headers={**HEADERS, "content-length": str(size)})


def as_json(value: object, status: int = 200) -> Response:
    """Return a JSON answer."""
    return Response(write_json(value), status, media_type="application/json", headers=HEADERS)


def done() -> Response:
    """Return an answer that says nothing but yes."""
    return Response(status_code=204, headers=HEADERS)


def refuse(request: Request, status: int, code: str, retry_after: int | None = None) -> Response:
    """Return the refusal and note its code for whoever watches."""
    request.scope[REFUSAL] = code
    response = as_json(ErrorAnswer(error=code), status)
    if status in _BUSY_SECONDS:
        response.headers["retry-after"] = str(retry_after or _BUSY_SECONDS[status])
    if status in _CLOSES:
        response.headers["connection"] = "close"
    return response
