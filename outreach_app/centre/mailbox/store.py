"""What the mailbox keeps, in one transaction each: batch and ``stored`` receipt, receipts of the desk, device lists.

The same code runs on SQLite and PostgreSQL. Writers of batches queue on the one row of ``log``; so the checks for a
batch sent twice and for a number taken twice cannot race, and numbers appear in their order without gaps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from outreach_app.centre.mailbox.database import READING
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.schema import batches, device_lists, log, receipts
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.wire.mailbox_config import PAGE_LIMIT, BatchListing

STORED = "stored"


@dataclass(frozen=True)
class LogState:
    """Where the mailbox's log stands after a batch: how many it holds, and a hash over all their names (hex)."""

    size: int
    root: str


class MailboxStore:
    """The mailbox's memory. Every method is one transaction and durable when it returns."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{READING: True})

    def put_batch(
        self, sha512: str, header: BatchHeader, data: bytes, *, at: str, issue: Callable[[LogState], bytes]
    ) -> bytes:
        """Keep a batch together with the receipt ``issue`` makes for it, and return that receipt.

        The same batch again returns the receipt of the first time, byte for byte.

        Raises:
            RefusalError: another batch of this device has this number (409 ``cloned_or_restored``).
        """
        with self._engine.begin() as connection:
            _queue(connection)
            known = _find_receipt(connection, sha512, STORED)
            if known is not None:
                return known
            if _number_is_taken(connection, header):
                raise RefusalError(409, "cloned_or_restored")
            state = _advance_log(connection, sha512)
            receipt = issue(state)
            connection.execute(
                batches.insert().values(
                    number=state.size, sha512=sha512, device=header.device, epoch=header.epoch, seq=header.seq,
                    stored_at=at, size=len(data), data=data,
                )
            )  # fmt: skip
            connection.execute(receipts.insert().values(sha512=sha512, kind=STORED, place=0, data=receipt))
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
            _queue(connection)
            count = connection.scalar(sa.select(sa.func.count()).where(receipts.c.sha512 == sha512))
            if not count:
                raise RefusalError(404, "not_found")
            known = _find_receipt(connection, sha512, kind)
            if known is None:
                connection.execute(receipts.insert().values(sha512=sha512, kind=kind, place=count, data=data))
            elif known != data:
                raise RefusalError(409, "receipt_exists")

    def list_batches(self, after: int) -> tuple[BatchListing, ...]:
        """Return up to 500 batches numbered above ``after``, lowest first."""
        columns = [batches.c[name] for name in BatchListing.__struct_fields__]
        query = sa.select(*columns).where(batches.c.number > after).order_by(batches.c.number).limit(PAGE_LIMIT)
        with self._reading.begin() as connection:
            return tuple(BatchListing(**row) for row in connection.execute(query).mappings())

    def find_batch(self, sha512: str) -> bytes | None:
        """Return the bytes of a batch, or None."""
        with self._reading.begin() as connection:
            data = connection.scalar(sa.select(batches.c.data).where(batches.c.sha512 == sha512))
        return None if data is None else bytes(data)

    def put_device_list(self, number: int, data: bytes) -> None:
        """Keep a newer device list.

        Raises:
            RefusalError: older than the one in use, or another with the same number (409 ``list_older``).
        """
        with self._engine.begin() as connection:
            _queue(connection)
            known = connection.execute(_NEWEST_LIST).first()
            if known is not None and number <= known.number:
                if number == known.number and bytes(known.data) == data:
                    return
                raise RefusalError(409, "list_older")
            connection.execute(device_lists.insert().values(number=number, data=data))

    def device_list_number(self) -> int:
        """Return the number of the list in use, 0 when there is none."""
        with self._reading.begin() as connection:
            return connection.scalar(sa.select(sa.func.max(device_lists.c.number))) or 0

    def find_device_list(self) -> bytes | None:
        """Return the signed list in use, or None."""
        with self._reading.begin() as connection:
            newest = connection.execute(_NEWEST_LIST).first()
        return None if newest is None else bytes(newest.data)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


_NEWEST_LIST = sa.select(device_lists).order_by(device_lists.c.number.desc()).limit(1)


def _queue(connection: sa.Connection) -> None:
    """Wait for other writers and hold the log's one row until this transaction ends."""
    connection.execute(log.update().values(size=log.c.size))


def _advance_log(connection: sa.Connection, sha512: str) -> LogState:
    row = connection.execute(sa.select(log.c.size, log.c.root)).one()
    root = hashlib.sha512(bytes.fromhex(row.root) + bytes.fromhex(sha512)).hexdigest()
    state = LogState(row.size + 1, root)
    connection.execute(log.update().values(size=state.size, root=state.root))
    return state


def _find_receipt(connection: sa.Connection, sha512: str, kind: str) -> bytes | None:
    query = sa.select(receipts.c.data).where(receipts.c.sha512 == sha512, receipts.c.kind == kind)
    data = connection.scalar(query)
    return None if data is None else bytes(data)


def _number_is_taken(connection: sa.Connection, header: BatchHeader) -> bool:
    query = sa.select(sa.func.count()).where(
        batches.c.device == header.device, batches.c.epoch == header.epoch, batches.c.seq == header.seq
    )
    return bool(connection.scalar(query))
