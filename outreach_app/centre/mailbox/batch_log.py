"""The mailbox's log of batches: numbers without gaps, a hash over all names, and one ``stored`` receipt for each.

Writers of batches queue on the one row of ``log``; so the checks for a batch sent twice and for a number taken twice
cannot race, and numbers appear in their order. All functions work inside a transaction of their caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
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


def hold_log(connection: sa.Connection) -> LogState:
    """Wait for other writers and hold the log's one row until this transaction ends; return where it stands."""
    held = log.update().values(size=log.c.size).returning(log.c.size, log.c.root)
    return LogState(*connection.execute(held).one())


class LogPage:
    """What one transaction adds to the log: looked up at once, decided batch by batch, written at once."""

    def __init__(self, connection: sa.Connection, state: LogState, arrivals: Sequence[Arrival]) -> None:
        """Look up what stands in the way of these batches.

        Args:
            connection: in a transaction that holds the log.
            state: where the log stands.
            arrivals: all batches that ``add`` may be asked for.
        """
        self._connection = connection
        self._state = state
        self._known = _known_receipts(connection, [arrival.sha512 for arrival in arrivals])
        self._taken = _taken_numbers(connection, [_number(arrival.header) for arrival in arrivals])
        self._list_number = device_list_number(connection)
        self._batches: list[dict[str, object]] = []
        self._receipts: list[dict[str, object]] = []

    def add(self, arrival: Arrival) -> bytes:
        """Return the receipt of a batch that will be kept, or that of the first time, byte for byte.

        An error leaves the page as it was.

        Raises:
            RefusalError: another batch of this device has this number (409 ``cloned_or_restored``).
            DeviceListChangedError: there is a newer list of devices.
        """
        known = self._known.get(arrival.sha512)
        if known is not None:
            return known
        if arrival.list_number not in {None, self._list_number}:
            raise DeviceListChangedError
        if _number(arrival.header) in self._taken:
            raise RefusalError(409, "cloned_or_restored")
        root = hashlib.sha512(bytes.fromhex(self._state.root) + bytes.fromhex(arrival.sha512)).hexdigest()
        state = LogState(self._state.size + 1, root)
        receipt = arrival.issue(state)
        self._put(arrival, state, receipt)
        return receipt

    def write(self) -> None:
        """Write what was added."""
        if self._batches:
            self._connection.execute(log.update().values(size=self._state.size, root=self._state.root))
            self._connection.execute(batches.insert(), self._batches)
            self._connection.execute(receipts.insert(), self._receipts)

    def _put(self, arrival: Arrival, state: LogState, receipt: bytes) -> None:
        header, sha512 = arrival.header, arrival.sha512
        self._batches.append(
            {
                "number": state.size, "sha512": sha512, "device": header.device, "epoch": header.epoch,
                "seq": header.seq, "stored_at": arrival.at, "size": arrival.size, "data": arrival.data,
            }
        )  # fmt: skip
        self._receipts.append({"sha512": sha512, "kind": STORED, "place": 0, "data": receipt})
        self._state = state
        self._known[sha512] = receipt
        self._taken.add(_number(header))


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


def _number(header: BatchHeader) -> tuple[str, int, int]:
    return header.device, header.epoch, header.seq


def _known_receipts(connection: sa.Connection, names: list[str]) -> dict[str, bytes]:
    query = sa.select(receipts.c.sha512, receipts.c.data).where(receipts.c.sha512.in_(names), receipts.c.kind == STORED)
    return {row.sha512: bytes(row.data) for row in connection.execute(query)}


def _taken_numbers(connection: sa.Connection, numbers: list[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    columns = (batches.c.device, batches.c.epoch, batches.c.seq)
    query = sa.select(*columns).where(sa.tuple_(*columns).in_(numbers))
    return {(row.device, row.epoch, row.seq) for row in connection.execute(query)}
