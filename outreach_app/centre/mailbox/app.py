"""The mailbox's HTTP face (Starlette): all routes joined, and a calm answer for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from outreach_app import logs
from outreach_app.centre.mailbox import answers
from outreach_app.centre.mailbox.batch_routes import BatchRoutes
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.publication_routes import PublicationRoutes
from outreach_app.centre.mailbox.reading import Reader
from outreach_app.centre.mailbox.upload_routes import UploadRoutes
from outreach_app.wire.shipped import read_shipped

DESCRIPTION = "mailbox/openapi.json"
_log = logging.getLogger(__name__)


def make_app(office: PostOffice, *, behind_proxy: bool = False) -> ASGIApp:
    """Return the ASGI application; ``Watched`` belongs round it. ``behind_proxy`` as for ``RequestRates``."""
    reader = Reader(office, behind_proxy=behind_proxy)
    routes = [
        *BatchRoutes(office, reader).routes(),
        *UploadRoutes(office.uploads, reader).routes(),
        *PublicationRoutes(office.publications, reader).routes(),
        Route("/v1/openapi.json", _describe, methods=["GET"]),
        Route("/v1/health", _health(office), methods=["GET"]),
    ]
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        RefusalError: _refused,
        HTTPException: _no_such_thing,
        SQLAlchemyError: _store_failed,
        ClientDisconnect: _gone,
        Exception: _fault,
    }
    return Starlette(routes=routes, exception_handlers=dict(handlers))


def _health(office: PostOffice) -> Callable[[Request], object]:
    async def health(_request: Request) -> Response:
        """``GET /v1/health``: 204 when the store answers."""
        await run_in_threadpool(office.check_health)
        return answers.done()

    return health


async def _describe(_request: Request) -> Response:
    """``GET /v1/openapi.json``: what this server understands."""
    text = await run_in_threadpool(read_shipped, DESCRIPTION)
    return Response(text, media_type="application/json", headers=answers.HEADERS)


def _refused(request: Request, error: Exception) -> Response:
    refusal = cast("RefusalError", error)
    return answers.refuse(request, refusal.status, refusal.code)


def _no_such_thing(request: Request, error: Exception) -> Response:
    status = cast("HTTPException", error).status_code
    return answers.refuse(request, status, "no_such_method" if status == 405 else "no_such_path")


def _store_failed(request: Request, error: Exception) -> Response:
    logs.bug(_log, error)
    return answers.refuse(request, 503, "store_unavailable")


def _gone(request: Request, _error: Exception) -> Response:
    return answers.refuse(request, 400, "cut_short")


def _fault(request: Request, error: Exception) -> Response:
    logs.bug(_log, error)
    return answers.refuse(request, 500, "fault")
