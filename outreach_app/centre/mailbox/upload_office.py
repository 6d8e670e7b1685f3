"""The rules for large batches in chunks: who may begin one, which chunk fits, and when it becomes a batch."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from secrets import token_hex

from outreach_app.centre.mailbox.batch_log import DeviceListChangedError
from outreach_app.centre.mailbox.configuration import MailboxConfiguration
from outreach_app.centre.mailbox.devices_in_use import DevicesInUse
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.receipt_issuing import receipt_for
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.upload_store import Begun, UploadTimes
from outreach_app.clock import Clock
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError, SignatureWrongError
from outreach_app.sync.framing import write_base64
from outreach_app.sync.instants import write_instant
from outreach_app.sync.uploads import CHUNK, chunk_length, chunks_of, read_opening, write_bitmap
from outreach_app.wire.mailbox_config import UploadState

KEPT = timedelta(days=7)
STALLED = timedelta(hours=1)  # without a chunk: such an upload makes room for another one of its device
_TOKEN_BYTES = 16


class UploadOffice:
    """Decides; the store remembers. Methods block and are called from worker threads."""

    def __init__(
        self, configuration: MailboxConfiguration, store: MailboxStore, clock: Clock, devices: DevicesInUse
    ) -> None:
        self._configuration = configuration
        self._store = store
        self._clock = clock
        self._devices = devices

    def open_upload(self, sha512: str, untrusted_opening: bytes) -> UploadState:
        """Begin an upload of an enrolled device, or go on with it."""
        try:
            opening = read_opening(untrusted_opening)
            opening.verify(self._devices.enrolled(opening.header.device)[0].signing)
        except BatchTooLargeError as error:
            raise RefusalError(413, "too_large") from error
        except BatchUnreadableError as error:
            raise RefusalError(400, "not_an_opening") from error
        except SignatureWrongError as error:
            raise RefusalError(403, "signature_wrong") from error
        now = self._clock.now()
        times = UploadTimes(write_instant(now), _expired(now), write_instant(now - STALLED))
        upload = self._store.uploads.open_upload(sha512, untrusted_opening, token_hex(_TOKEN_BYTES), times)
        return self._state(sha512, opening.size, upload.missing, upload.token)

    def find_upload(self, sha512: str) -> UploadState:
        """Say which chunks of an upload in progress are missing; none of a stored batch."""
        begun = self._begun(sha512)
        if begun is not None:
            size = begun.opening.size
            return self._state(sha512, size, self._store.uploads.find_missing(sha512, size))
        batch = self._store.find_batch(sha512)
        if batch is None:
            raise RefusalError(404, "not_found")
        return UploadState(size=batch.size, chunk=CHUNK, missing="")

    def check_chunk(self, sha512: str, untrusted_index: int, untrusted_token: str) -> int | None:
        """Return how many bytes this chunk must have, before it is read; None: the batch is stored already."""
        begun = self._begun(sha512)
        if begun is None:
            if self._store.find_receipts(sha512):
                return None
            raise RefusalError(404, "not_found")
        _check_token(begun, untrusted_token)
        self._devices.enrolled(begun.opening.header.device)
        length = chunk_length(begun.opening.size, untrusted_index)
        if length == 0:
            raise RefusalError(400, "wrong_chunk")
        return length

    def take_chunk(self, sha512: str, index: int, untrusted_chunk: bytes) -> None:
        """Keep a chunk whose length fits."""
        self._store.uploads.put_chunk(sha512, index, untrusted_chunk, at=write_instant(self._clock.now()))

    def commit(self, sha512: str, untrusted_token: str) -> bytes:
        """Make a batch of an upload and return the ``stored`` receipt; the same bytes for ever."""
        while True:
            try:
                return self._commit(sha512, untrusted_token)
            except DeviceListChangedError:
                self._devices.look_again()

    def _commit(self, sha512: str, untrusted_token: str) -> bytes:
        begun = self._begun(sha512)
        if begun is None:
            return self._known_receipt(sha512)
        _check_token(begun, untrusted_token)
        opening = begun.opening
        device, list_number = self._devices.probably_enrolled(opening.header.device)
        now = write_instant(self._clock.now())
        issue = receipt_for(sha512, opening.header, device, at=now, issuer=self._configuration.receipt_keys)
        try:
            return self._store.commit_upload(sha512, opening, at=now, issue=issue, list_number=list_number)
        except RefusalError as error:
            if error.code == "wrong_hash":
                self._store.uploads.drop_upload(sha512)
            raise

    def _known_receipt(self, sha512: str) -> bytes:
        receipts = self._store.find_receipts(sha512)
        if not receipts:
            raise RefusalError(404, "not_found")
        return receipts[0]  # the oldest is the mailbox's own

    def _begun(self, sha512: str) -> Begun | None:
        return self._store.uploads.find_opening(sha512, expired=_expired(self._clock.now()))

    def _state(self, sha512: str, size: int, missing: tuple[int, ...], token: str = "") -> UploadState:
        stored = not missing and bool(self._store.find_receipts(sha512))
        bitmap = b"" if stored else write_bitmap(missing, chunks_of(size))
        return UploadState(size=size, chunk=CHUNK, missing=write_base64(bitmap), token=token)


def _check_token(begun: Begun, untrusted_token: str) -> None:
    """Whoever only knows a name has no token: it is given for an opening, which the sender alone can show."""
    if not hmac.compare_digest(begun.token.encode(), untrusted_token.encode()):
        raise RefusalError(403, "wrong_token")


def _expired(now: datetime) -> str:
    return write_instant(now - KEPT)
