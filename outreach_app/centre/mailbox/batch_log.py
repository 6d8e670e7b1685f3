"""The mailbox's log of batches: numbers without gaps, a hash over all names, and one ``stored`` receipt for each.

Writers of batches queue on the one row of ``log``; so the checks for a batch sent twice and for a number taken twice
cannot race, and numbers appear in their order. All functions work inside a transaction of their caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.schema import batches, device_lists, log, receipts
from outreach_app.sync.batch_format import BatchHeader

STORED = "stored"


@dataclass(frozen=True)
class LogState:
    """Where the mailbox's log stands after a batch: how many it holds, and a hash over all their names (hex)."""

    size: int
    root: str


class DeviceListChangedError(Exception):
    """The sender was checked with a list of devices that is no longer the one in use: check again."""


@dataclass(frozen=True)
class Arrival:
    """A verified batch that wants to be kept.

    Attributes:
        sha512: its name.
        header: its header.
        size: its bytes in all.
        data: its bytes; empty when they lie in chunks already.
        at: when it came.
        issue: makes its receipt.
        list_number: number of the device list its sender was found in, None where that does not matter.
    """

    sha512: str
    header: BatchHeader
    size: int
    data: bytes
    at: str
    issue: Callable[[LogState], bytes]
    list_number: int | None = None


def hold_log(connection: sa.Connection) -> None:
    """Wait for other writers and hold the log's one row until this transaction ends."""
    connection.execute(log.update().values(size=log.c.size))


def keep_batch(connection: sa.Connection, arrival: Arrival) -> bytes:
    """Keep a batch together with its receipt and return that receipt; the log must be held.

    The same batch again returns the receipt of the first time, byte for byte.

    Raises:
        RefusalError: another batch of this device has this number (409 ``cloned_or_restored``).
        DeviceListChangedError: there is a newer list of devices.
    """
    known = find_receipt(connection, arrival.sha512, STORED)
    if known is not None:
        return known
    if arrival.list_number is not None and arrival.list_number != device_list_number(connection):
        raise DeviceListChangedError
    header = arrival.header
    if number_is_taken(connection, arrival.sha512, header):
        raise RefusalError(409, "cloned_or_restored")
    state = _next_state(connection, arrival.sha512)
    receipt = arrival.issue(state)
    connection.execute(log.update().values(size=state.size, root=state.root))
    connection.execute(
        batches.insert().values(
            number=state.size, sha512=arrival.sha512, device=header.device, epoch=header.epoch, seq=header.seq,
            stored_at=arrival.at, size=arrival.size, data=arrival.data,
        )
    )  # fmt: skip
    connection.execute(receipts.insert().values(sha512=arrival.sha512, kind=STORED, place=0, data=receipt))
    return receipt


def find_receipt(connection: sa.Connection, sha512: str, kind: str) -> bytes | None:
    """Return the receipt of one kind for a batch, or None."""
    query = sa.select(receipts.c.data).where(receipts.c.sha512 == sha512, receipts.c.kind == kind)
    data = connection.scalar(query)
    return None if data is None else bytes(data)


def number_is_taken(connection: sa.Connection, sha512: str, header: BatchHeader) -> bool:
    """Say whether another batch of this device has this epoch and number."""
    same = (batches.c.device == header.device, batches.c.epoch == header.epoch, batches.c.seq == header.seq)
    return connection.scalar(sa.select(batches.c.sha512).where(*same)) not in {None, sha512}


def device_list_number(connection: sa.Connection) -> int:
    """Return the number of the device list in use, 0 when there is none."""
    return connection.scalar(sa.select(sa.func.max(device_lists.c.number))) or 0


def _next_state(connection: sa.Connection, sha512: str) -> LogState:
    row = connection.execute(sa.select(log.c.size, log.c.root)).one()
    root = hashlib.sha512(bytes.fromhex(row.root) + bytes.fromhex(sha512)).hexdigest()
    return LogState(row.size + 1, root)
