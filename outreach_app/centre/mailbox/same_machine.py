"""The desk's road to a mailbox on the same machine: straight to its store, without network and signed requests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from outreach_app.centre.mailbox.configuration import load_mailbox, open_store
from outreach_app.centre.mailbox.errors import RefusalError, StoreUnusableError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.clock import Clock
from outreach_app.sync.errors import (
    BatchDamagedError,
    MailboxFaultError,
    MailboxRefusedError,
    NotInMailboxError,
    NotTheMailboxError,
)
from outreach_app.sync.letters import read_letter_header
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.wire.mailbox_config import BatchListing


class SameMachineMailbox:
    """A ``DeskCarrier``; may be used while the mailbox is serving. Close it when done."""

    def __init__(self, folder: Path, *, database: str | None, clock: Clock) -> None:
        """Open the store of a centre's folder.

        Args:
            folder: the centre's folder (the mailbox lies in ``mailbox/``).
            database: ``postgresql://...``; SQLite in the folder when None.
            clock: wall clock.

        Raises:
            MailboxNotSetUpError, StoreUnusableError: no mailbox that can be used.
        """
        configuration = load_mailbox(folder)
        self._store = open_store(folder, database)
        self._office = PostOffice(configuration, self._store, clock)

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        with _translated():
            return self._office.list_batches(after)

    def get_batch(self, sha512: str) -> bytes:
        """Return the bytes of a batch; BatchDamagedError when their hash is another."""
        with _translated():
            data = b"".join(self._office.find_batch(sha512).pieces)
        if hashlib.sha512(data).hexdigest() != sha512:
            raise BatchDamagedError
        return data

    def put_receipt(self, receipt: bytes) -> None:
        with _translated():
            self._office.take_receipt(read_receipt_header(receipt).sha512, receipt)

    def put_letter(self, letter: bytes) -> None:
        header = read_letter_header(letter)
        with _translated():
            self._office.publications.take_letter(header.device, header.kind, letter)

    def put_pack_file(self, name: str, data: bytes) -> None:
        with _translated():
            self._office.publications.take_file(name, data)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Return a published file, None where there is none; NotTheMailboxError beyond ``limit`` bytes."""
        try:
            with _translated():
                file = self._office.publications.find_file(name)
                if file.size > limit:
                    raise NotTheMailboxError
                return b"".join(file.pieces)
        except NotInMailboxError:
            return None

    def put_devices(self, device_list: bytes) -> None:
        """Publish the root-signed list of devices. Safe to repeat with the same bytes."""
        with _translated():
            self._office.take_device_list(device_list)

    def close(self) -> None:
        """Give the store back."""
        self._store.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Say refusals and database faults as the network road would."""
    try:
        yield
    except RefusalError as error:
        if error.code == "not_found":
            raise NotInMailboxError from error
        if error.code == "fault":
            raise MailboxFaultError(code=error.code) from error
        raise MailboxRefusedError(code=error.code) from error
    except SQLAlchemyError as error:
        raise StoreUnusableError(reason=type(error).__name__) from error
