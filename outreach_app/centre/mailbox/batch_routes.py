"""Batches, receipts and device lists over HTTP."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from outreach_app.centre.mailbox import answers
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.reading import BodyLimit, Reader, batch_name, small_number
from outreach_app.sync.batch_format import BATCH_LIMIT
from outreach_app.sync.framing import write_base64
from outreach_app.sync.receipts import RECEIPT_LIMIT
from outreach_app.sync.signed_document import LIMIT as DOCUMENT_LIMIT
from outreach_app.sync.uploads import ONE_REQUEST
from outreach_app.wire.mailbox_config import BatchPage, ReceiptPage

_BATCH = BodyLimit(ONE_REQUEST, "send_in_chunks", beyond=BATCH_LIMIT)


class BatchRoutes:
    """Endpoints over one ``PostOffice``."""

    def __init__(self, office: PostOffice, reader: Reader) -> None:
        self._office = office
        self._reader = reader

    def routes(self) -> list[Route]:
        """Return what is served."""
        return [
            Route("/v1/batches/{sha512}", self.put_batch, methods=["PUT"]),
            Route("/v1/batches/{sha512}", self.get_batch, methods=["GET"]),
            Route("/v1/batches", self.list_batches, methods=["GET"]),
            Route("/v1/receipts/{sha512}", self.get_receipts, methods=["GET"]),
            Route("/v1/receipts/{sha512}", self.put_receipt, methods=["PUT"]),
            Route("/v1/devices", self.put_devices, methods=["PUT"]),
        ]

    async def put_batch(self, request: Request) -> Response:
        """``PUT /v1/batches/{sha512}``: a sealed batch of usual size in, the ``stored`` receipt out."""
        name = batch_name(request)
        body = await self._reader.read(request, _BATCH, self._check_sender)
        return answers.whole(await run_in_threadpool(self._office.take_batch, name, body))

    async def get_receipts(self, request: Request) -> Response:
        """``GET /v1/receipts/{sha512}``: all receipts of a batch, for whoever knows its name."""
        found = await run_in_threadpool(self._office.find_receipts, batch_name(request))
        return answers.as_json(ReceiptPage(receipts=tuple(write_base64(data) for data in found)))

    async def list_batches(self, request: Request) -> Response:
        """``GET /v1/batches?after=N`` (desk)."""
        await self._reader.desk_only(request)
        after = small_number(request.query_params.get("after", "0"), "wrong_number")
        return answers.as_json(BatchPage(batches=await run_in_threadpool(self._office.list_batches, after)))

    async def get_batch(self, request: Request) -> Response:
        """``GET /v1/batches/{sha512}`` (desk)."""
        await self._reader.desk_only(request)
        batch = await run_in_threadpool(self._office.find_batch, batch_name(request))
        return answers.in_pieces(batch.size, batch.pieces)

    async def put_receipt(self, request: Request) -> Response:
        """``PUT /v1/receipts/{sha512}`` (desk): a receipt for the batch of this name."""
        name = batch_name(request)
        body = await self._reader.desk_only(request, RECEIPT_LIMIT)
        await run_in_threadpool(self._office.take_receipt, name, body)
        return answers.done()

    async def put_devices(self, request: Request) -> Response:
        """``PUT /v1/devices`` (desk): the root-signed list of devices."""
        body = await self._reader.desk_only(request, DOCUMENT_LIMIT)
        await run_in_threadpool(self._office.take_device_list, body)
        return answers.done()

    async def _check_sender(self, start: bytes) -> None:
        if not self._office.knows_sender(start):  # seldom: a thread of its own costs more than the look
            await run_in_threadpool(self._office.check_sender, start)
