"""A batch beyond one request, in chunks: what the mailbox misses is asked for, sent, and committed.

Where an upload stands is known at the mailbox alone, so it goes on after any cut, by any program, at the first chunk
that is missing; at most the chunk that was on its way is sent again.
"""

from __future__ import annotations

from outreach_app.sync.carriers.carrier import Between
from outreach_app.sync.carriers.line import MailboxLine
from outreach_app.sync.errors import MailboxRefusedError, NotInMailboxError, NotTheMailboxError
from outreach_app.sync.framing import read_base64
from outreach_app.sync.receipts import RECEIPT_LIMIT
from outreach_app.sync.uploads import CHUNK, UPLOAD_HEADER, chunks_of, read_bitmap, upload_opening
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.mailbox_config import UploadState
from outreach_app.wire.strict import read_json

_STATE_LIMIT = 4 << 10
_EMPTY_LIMIT = 64
_ROUNDS = 2
_BEGIN_ANEW = frozenset({"wrong_hash", "incomplete", "wrong_token"})


class Upload:
    """One batch on its way in chunks."""

    def __init__(self, line: MailboxLine, sha512: str, batch: bytes, between: Between) -> None:
        self._line = line
        self._target = f"/v1/uploads/{sha512}"
        self._batch = batch
        self._between = between
        self._headers: dict[str, str] = {}

    def run(self) -> bytes:
        """Send what is missing and return the ``stored`` receipt, unverified.

        Raises:
            MailboxRefusedError: the chunks never make the batch at the mailbox, whatever is sent.
        """
        refused: MailboxRefusedError | NotInMailboxError = NotInMailboxError()
        for _ in range(_ROUNDS):
            try:
                self._send(self._missing())
                return self._line.ask("POST", f"{self._target}/commit", limit=RECEIPT_LIMIT, headers=self._headers).body
            except NotInMailboxError as error:  # the opening ran out of time meanwhile
                refused = error
            except MailboxRefusedError as error:
                if error.values["code"] not in _BEGIN_ANEW:
                    raise
                refused = error
        raise refused

    def _missing(self) -> tuple[int, ...]:
        opening = upload_opening(self._batch)
        body = self._line.ask("PUT", self._target, body=opening, limit=_STATE_LIMIT).body
        try:
            state = read_json(body, UploadState, what="The answer", limit=_STATE_LIMIT)
        except (UntrustedDataError, DataTooLargeError) as error:
            raise NotTheMailboxError from error
        bitmap = read_base64(state.missing)
        missing = None if bitmap is None else read_bitmap(bitmap, chunks_of(len(self._batch)))
        if missing is None or (state.size, state.chunk) != (len(self._batch), CHUNK):
            raise NotTheMailboxError
        self._headers = {UPLOAD_HEADER: state.token}
        return missing

    def _send(self, missing: tuple[int, ...]) -> None:
        there = len(self._batch) - sum(len(self._chunk(index)) for index in missing)
        for index in missing:
            self._between(there, len(self._batch))
            chunk = self._chunk(index)
            self._line.ask("PUT", f"{self._target}/{index}", body=chunk, limit=_EMPTY_LIMIT, headers=self._headers)
            there += len(chunk)

    def _chunk(self, index: int) -> bytes:
        return self._batch[index * CHUNK : (index + 1) * CHUNK]
