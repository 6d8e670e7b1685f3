"""The network road: the laptop hands over batches and fetches receipts; the desk pulls with signed requests."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from outreach_app.clock import Clock, SystemClock
from outreach_app.sync.batch_format import BATCH_LIMIT
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.carriers.line import TIMEOUT_SECONDS, Answer, MailboxLine
from outreach_app.sync.carriers.uploading import Upload
from outreach_app.sync.desk_request import sign_request
from outreach_app.sync.errors import BatchDamagedError, NotInMailboxError, NotTheMailboxError
from outreach_app.sync.framing import read_base64
from outreach_app.sync.keys import SigningKeys
from outreach_app.sync.letters import LETTER_LIMIT, read_letter_header
from outreach_app.sync.receipts import RECEIPT_LIMIT, read_receipt_header
from outreach_app.sync.uploads import ONE_REQUEST
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.letters import LETTER_KINDS
from outreach_app.wire.mailbox_config import BatchListing, BatchPage, LetterPage, ReceiptPage
from outreach_app.wire.strict import read_json

_RECEIPTS_LIMIT = 4 * RECEIPT_LIMIT * 4 // 3 + 4096
_LETTERS_LIMIT = len(LETTER_KINDS) * LETTER_LIMIT * 4 // 3 + 4096
_LIST_LIMIT = 1 << 20
_EMPTY_LIMIT = 64


class _OverHttp:
    """What both sides share: the line, closing it, and what anybody may fetch."""

    def __init__(self, line: MailboxLine) -> None:
        self._line = line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Return a file of the published packs, None where there is none."""
        try:
            return self._line.ask("GET", f"/v1/packs/{name}", limit=limit).body
        except NotInMailboxError:
            return None


class HttpMailbox(_OverHttp):
    """The laptop's side of the network road."""

    def __init__(
        self,
        base_url: str,
        *,
        trust: ssl.SSLContext | Path | None = None,
        timeout: float = TIMEOUT_SECONDS,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare; see ``MailboxLine`` for the arguments."""
        super().__init__(MailboxLine(base_url, trust=trust, timeout=timeout, stopped=stopped))

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes:
        """Hand over a sealed batch and return the ``stored`` receipt, unverified. Safe to repeat.

        A usual week goes in one request, a large batch in chunks; what arrived of it before a cut is not sent again.
        """
        name = hashlib.sha512(data).hexdigest()
        if len(data) > ONE_REQUEST:
            return Upload(self._line, name, data, between).run()
        return self._line.ask("PUT", f"/v1/batches/{name}", body=data, limit=RECEIPT_LIMIT).body

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return all receipts for a batch, oldest first, unverified."""
        body = self._line.ask("GET", f"/v1/receipts/{sha512}", limit=_RECEIPTS_LIMIT).body
        try:
            page = read_json(body, ReceiptPage, what="The answer", limit=_RECEIPTS_LIMIT)
        except (UntrustedDataError, DataTooLargeError) as error:
            raise NotTheMailboxError from error
        return _decoded(page.receipts)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the newest letter of each kind to a device, unverified."""
        body = self._line.ask("GET", f"/v1/letters/{device}", limit=_LETTERS_LIMIT).body
        try:
            page = read_json(body, LetterPage, what="The answer", limit=_LETTERS_LIMIT)
        except (UntrustedDataError, DataTooLargeError) as error:
            raise NotTheMailboxError from error
        return _decoded(page.letters)


class HttpDesk(_OverHttp):
    """The desk's side of the network road; every request is signed."""

    def __init__(
        self,
        base_url: str,
        *,
        signing: SigningKeys,
        trust: ssl.SSLContext | Path | None = None,
        timeout: float = TIMEOUT_SECONDS,
        clock: Clock | None = None,
    ) -> None:
        """Prepare; ``signing`` are the desk's keys, the rest as for ``MailboxLine``."""
        super().__init__(MailboxLine(base_url, trust=trust, timeout=timeout))
        self._signing = signing
        self._clock = clock or SystemClock()

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        """Return up to 500 batches numbered above ``after``, lowest first."""
        body = self._ask("GET", f"/v1/batches?after={after}", _LIST_LIMIT).body
        try:
            return read_json(body, BatchPage, what="The answer", limit=_LIST_LIMIT).batches
        except (UntrustedDataError, DataTooLargeError) as error:
            raise NotTheMailboxError from error

    def get_batch(self, sha512: str) -> bytes:
        """Return the bytes of a batch; BatchDamagedError when their hash is another."""
        data = self._ask("GET", f"/v1/batches/{sha512}", BATCH_LIMIT).body
        if hashlib.sha512(data).hexdigest() != sha512:
            raise BatchDamagedError
        return data

    def put_receipt(self, receipt: bytes) -> None:
        """Leave a receipt for the laptop. Safe to repeat with the same bytes."""
        name = read_receipt_header(receipt).sha512
        self._ask("PUT", f"/v1/receipts/{name}", _EMPTY_LIMIT, receipt)

    def put_letter(self, letter: bytes) -> None:
        """Leave a letter for a laptop; of each kind the mailbox keeps the newest."""
        header = read_letter_header(letter)
        self._ask("PUT", f"/v1/letters/{header.device}/{header.kind}", _EMPTY_LIMIT, letter)

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Publish one file of the content packs. Safe to repeat with the same bytes."""
        self._ask("PUT", f"/v1/packs/{name}", _EMPTY_LIMIT, data)

    def put_devices(self, device_list: bytes) -> None:
        """Publish the root-signed list of devices. Safe to repeat with the same bytes."""
        self._ask("PUT", "/v1/devices", _EMPTY_LIMIT, device_list)

    def _ask(self, method: str, target: str, limit: int, body: bytes = b"") -> Answer:
        headers = sign_request(method, target, body, now=self._clock.now(), keys=self._signing)
        return self._line.ask(method, target, limit=limit, body=body, headers=headers)


def _decoded(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(data for data in map(read_base64, texts) if data)
