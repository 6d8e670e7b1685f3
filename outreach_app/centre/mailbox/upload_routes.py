"""Large batches over HTTP: opening, chunks, what is missing, commit."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from outreach_app.centre.mailbox import answers
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.reading import BodyLimit, Reader, batch_name, small_number
from outreach_app.centre.mailbox.upload_office import UploadOffice
from outreach_app.sync.uploads import CHUNK, OPENING_LIMIT, UPLOAD_HEADER

_CHUNK = BodyLimit(CHUNK, "wrong_chunk", status=400)


class UploadRoutes:
    """Endpoints over one ``UploadOffice``."""

    def __init__(self, office: UploadOffice, reader: Reader) -> None:
        self._office = office
        self._reader = reader

    def routes(self) -> list[Route]:
        """Return what is served."""
        return [
            Route("/v1/uploads/{sha512}", self.put_opening, methods=["PUT"]),
            Route("/v1/uploads/{sha512}", self.get_upload, methods=["GET"]),
            Route("/v1/uploads/{sha512}/commit", self.commit, methods=["POST"]),
            Route("/v1/uploads/{sha512}/{index}", self.put_chunk, methods=["PUT"]),
        ]

    async def put_opening(self, request: Request) -> Response:
        """``PUT /v1/uploads/{sha512}``: begin, or go on; tells which chunks are missing."""
        name = batch_name(request)
        body = await self._reader.read(request, BodyLimit(OPENING_LIMIT))
        return answers.as_json(await run_in_threadpool(self._office.open_upload, name, body))

    async def get_upload(self, request: Request) -> Response:
        """``GET /v1/uploads/{sha512}``: which chunks are missing."""
        return answers.as_json(await run_in_threadpool(self._office.find_upload, batch_name(request)))

    async def put_chunk(self, request: Request) -> Response:
        """``PUT /v1/uploads/{sha512}/{index}``: one chunk."""
        name = batch_name(request)
        index = small_number(str(request.path_params["index"]), "wrong_chunk")
        length = await run_in_threadpool(self._office.check_chunk, name, index, _token(request))
        body = await self._reader.read(request, _CHUNK)
        if length is None:  # the batch is stored already
            return answers.done()
        if len(body) != length:
            raise RefusalError(400, "wrong_chunk")
        await run_in_threadpool(self._office.take_chunk, name, index, body)
        return answers.done()

    async def commit(self, request: Request) -> Response:
        """``POST /v1/uploads/{sha512}/commit``: all chunks are there; the ``stored`` receipt."""
        name = batch_name(request)
        await self._reader.read(request, BodyLimit(0))
        return answers.whole(await run_in_threadpool(self._office.commit, name, _token(request)))


def _token(request: Request) -> str:
    """Return what was given with the answer to the opening."""
    return request.headers.get(UPLOAD_HEADER, "")
