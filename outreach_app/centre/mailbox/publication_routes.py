"""Letters and files of content packs over HTTP."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from outreach_app.centre.mailbox import answers
from outreach_app.centre.mailbox.publications import PACK_FILE_LIMIT, Publications
from outreach_app.centre.mailbox.reading import Reader
from outreach_app.sync.framing import write_base64
from outreach_app.sync.letters import LETTER_LIMIT
from outreach_app.wire.mailbox_config import LetterPage


class PublicationRoutes:
    """Endpoints over ``Publications``."""

    def __init__(self, publications: Publications, reader: Reader) -> None:
        self._publications = publications
        self._reader = reader

    def routes(self) -> list[Route]:
        """Return what is served."""
        return [
            Route("/v1/letters/{device}", self.get_letters, methods=["GET"]),
            Route("/v1/letters/{device}/{kind}", self.put_letter, methods=["PUT"]),
            Route("/v1/packs/{name}", self.get_file, methods=["GET"]),
            Route("/v1/packs/{name}", self.put_file, methods=["PUT"]),
        ]

    async def get_letters(self, request: Request) -> Response:
        """``GET /v1/letters/{device}``: the newest letter of each kind, for whoever knows the device's number."""
        found = await run_in_threadpool(self._publications.find_letters, str(request.path_params["device"]))
        return answers.as_json(LetterPage(letters=tuple(write_base64(data) for data in found)))

    async def put_letter(self, request: Request) -> Response:
        """``PUT /v1/letters/{device}/{kind}`` (desk)."""
        device, kind = str(request.path_params["device"]), str(request.path_params["kind"])
        body = await self._reader.desk_only(request, LETTER_LIMIT)
        await run_in_threadpool(self._publications.take_letter, device, kind, body)
        return answers.done()

    async def get_file(self, request: Request) -> Response:
        """``GET /v1/packs/{name}``: one file of the published packs, for anyone."""
        file = await run_in_threadpool(self._publications.find_file, str(request.path_params["name"]))
        return answers.in_pieces(file.size, file.pieces)

    async def put_file(self, request: Request) -> Response:
        """``PUT /v1/packs/{name}`` (desk)."""
        name = self._publications.check_file_name(str(request.path_params["name"]))
        body = await self._reader.desk_only(request, PACK_FILE_LIMIT)
        await run_in_threadpool(self._publications.take_file, name, body)
        return answers.done()
