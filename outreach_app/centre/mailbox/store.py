"""What the mailbox keeps, in one transaction each: batch and ``stored`` receipt, receipts of the desk, device lists.

The same code runs on SQLite and PostgreSQL. Uploads, letters and files of packs have stores of their own on the same
database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from outreach_app.centre.mailbox.batch_log import (
    STORED,
    Arrival,
    LogPage,
    LogState,
    device_list_number,
    find_receipt,
    hold_log,
)
from outreach_app.centre.mailbox.database import READING, standby_problem, telling_damage
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.group_commit import GroupCommit
from outreach_app.centre.mailbox.letter_store import LetterStore
from outreach_app.centre.mailbox.pack_store import PackStore
from outreach_app.centre.mailbox.schema import batches, device_lists, receipts
from outreach_app.centre.mailbox.upload_store import (
    UploadStore,
    check_whole,
    drop_upload,
    finish_upload,
    hold_upload,
    stored_chunks,
)
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.sync.uploads import Opening
from outreach_app.wire.mailbox_config import PAGE_LIMIT, BatchListing

__all__ = ["LogState", "MailboxStore", "StoredBatch"]


@dataclass(frozen=True)
class StoredBatch:
    """A stored batch: its size in bytes, and its bytes in pieces, each read when it is wanted."""

    size: int
    pieces: Iterator[bytes]


class MailboxStore:
    """The mailbox's memory. Every method is one transaction and durable when it returns."""

    def __init__(self, engine: sa.Engine, *, require_standby: bool = False) -> None:
        self._engine = engine
        self.require_standby = require_standby
        self._reading = engine.execution_options(**{READING: True})
        self._group = GroupCommit(engine)
        self.uploads = UploadStore(engine)
        self.letters = LetterStore(engine)
        self.packs = PackStore(engine)

    def put_batch(
        self,
        sha512: str,
        header: BatchHeader,
        data: bytes,
        *,
        at: str,
        issue: Callable[[LogState], bytes],
        list_number: int | None = None,
    ) -> bytes:
        """Keep a batch together with the receipt ``issue`` makes for it, and return that receipt.

        The same batch again returns the receipt of the first time, byte for byte.

        Raises:
            RefusalError: another batch of this device has this number (409 ``cloned_or_restored``).
            DeviceListChangedError: ``list_number`` is not that of the list in use.
        """
        return self._group.keep(Arrival(sha512, header, len(data), data, at, issue, list_number))

    def commit_upload(
        self,
        sha512: str,
        opening: Opening,
        *,
        at: str,
        issue: Callable[[LogState], bytes],
        list_number: int | None = None,
    ) -> bytes:
        """Make a batch of an upload whose chunks are all there, and return its receipt; the same bytes for ever.

        Raises:
            RefusalError: 404 ``not_found``, 409 ``incomplete``, 400 ``wrong_hash``, or as ``put_batch``.
            DeviceListChangedError: as ``put_batch``.
        """
        with self._engine.begin() as connection:
            held = hold_upload(connection, sha512)
            known = find_receipt(connection, sha512, STORED)
            if known is not None:
                if held:  # it came in one request while these chunks came
                    drop_upload(connection, sha512)
                return known
            if not held:
                raise RefusalError(404, "not_found")
            check_whole(connection, sha512, opening)
            arrival = Arrival(sha512, opening.header, opening.size, b"", at, issue, list_number)
            page = LogPage(connection, hold_log(connection), [arrival])
            receipt = page.add(arrival)
            page.write()
            finish_upload(connection, sha512)
        return receipt

    def find_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return all receipts of a batch, oldest first; none for a batch that is not here."""
        query = sa.select(receipts.c.data).where(receipts.c.sha512 == sha512).order_by(receipts.c.place)
        with self._reading.begin() as connection:
            return tuple(bytes(data) for data in connection.scalars(query))

    def put_receipt(self, sha512: str, kind: str, data: bytes) -> None:
        """Keep a receipt of the desk.

        Raises:
            RefusalError: no such batch (404 ``not_found``), or another receipt of this kind is here already
                (409 ``receipt_exists``).
        """
        with self._engine.begin() as connection:
            hold_log(connection)
            count = connection.scalar(sa.select(sa.func.count()).where(receipts.c.sha512 == sha512))
            if not count:
                raise RefusalError(404, "not_found")
            known = find_receipt(connection, sha512, kind)
            if known is None:
                connection.execute(receipts.insert().values(sha512=sha512, kind=kind, place=count, data=data))
            elif known != data:
                raise RefusalError(409, "receipt_exists")

    def list_batches(self, after: int) -> tuple[BatchListing, ...]:
        """Return up to 500 batches numbered above ``after``, lowest first."""
        query = sa.select(*_LISTED).where(batches.c.number > after).order_by(batches.c.number).limit(PAGE_LIMIT)
        with self._reading.begin() as connection:
            return tuple(BatchListing(**row) for row in connection.execute(query).mappings())

    def find_batch(self, sha512: str) -> StoredBatch | None:
        """Return a stored batch, or None. A large one is read in chunks of 256 KiB.

        Raises:
            RefusalError: the database lost it (500 ``fault``); so may the pieces.
        """
        query = sa.select(batches.c.size, batches.c.data).where(batches.c.sha512 == sha512)
        with telling_damage(), self._reading.begin() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        data = bytes(row.data)
        return StoredBatch(row.size, iter((data,)) if data else stored_chunks(self._reading, sha512, row.size))

    def measure_batches(self, after: int) -> tuple[int, int]:
        """Return how many batches are numbered above ``after``, and their bytes in all."""
        query = sa.select(sa.func.count(), sa.func.sum(batches.c.size)).where(batches.c.number > after)
        with self._reading.begin() as connection:
            count, size = connection.execute(query).one()
        return count, int(size or 0)

    def put_device_list(self, number: int, data: bytes) -> None:
        """Keep a newer device list.

        Raises:
            RefusalError: older than the one in use, or another with the same number (409 ``list_older``).
        """
        with self._engine.begin() as connection:
            hold_log(connection)
            known = connection.execute(_NEWEST_LIST).first()
            if known is not None and number <= known.number:
                if number == known.number and bytes(known.data) == data:
                    return
                raise RefusalError(409, "list_older")
            connection.execute(device_lists.insert().values(number=number, data=data))

    def device_list_number(self) -> int:
        """Return the number of the list in use, 0 when there is none."""
        with self._reading.begin() as connection:
            return device_list_number(connection)

    def find_device_list(self) -> bytes | None:
        """Return the signed list in use, or None."""
        with self._reading.begin() as connection:
            newest = connection.execute(_NEWEST_LIST).first()
        return None if newest is None else bytes(newest.data)

    def standby_problem(self) -> str:
        """Return what is wrong with the second node, empty when nothing is; see ``database.standby_problem``."""
        with self._reading.begin() as connection:
            return standby_problem(connection)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


_ANSWERED = sa.exists().where(receipts.c.sha512 == batches.c.sha512, receipts.c.kind != STORED).label("answered")
_LISTED = [_ANSWERED if name == "answered" else batches.c[name] for name in BatchListing.__struct_fields__]
_NEWEST_LIST = sa.select(device_lists).order_by(device_lists.c.number.desc()).limit(1)
