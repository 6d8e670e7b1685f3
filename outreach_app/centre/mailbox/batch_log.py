"""The mailbox's log of batches: numbers without gaps, a hash over all names, and one ``stored`` receipt for each.

Writers of batches queue on the one row of ``log``; so the checks for a batch sent twice and for a number taken twice
cannot race, and numbers appear in their order. All functions work inside a transaction of their caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
    return LogState(*connection.execute(_HELD).one())


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
        self._list_number = 0
        self._known: dict[str, bytes] = {}
        self._taken: set[tuple[str, int, int]] = set()
        self._look_up(arrivals)
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
            self._connection.execute(log.update(), {"size": self._state.size, "root": self._state.root})
            self._connection.execute(batches.insert(), self._batches)
            self._connection.execute(receipts.insert(), self._receipts)

    def _look_up(self, arrivals: Sequence[Arrival]) -> None:
        """Ask everything at once: the list in use, and batches with one of these names or numbers."""
        padding = (1 << (len(arrivals) - 1).bit_length()) - len(arrivals)
        asked = [*arrivals, *[arrivals[-1]] * padding]  # six lengths in all: the server plans for each length anew
        columns = zip(*((one.sha512, *_number(one.header)) for one in asked), strict=True)
        for row in self._connection.execute(_IN_THE_WAY, dict(zip(_ASKED, map(list, columns), strict=True))):
            if row.number is not None:
                self._list_number = row.number
            elif row.sha512 is not None:
                self._known[row.sha512] = bytes(row.data)
            else:
                self._taken.add((row.device, row.epoch, row.seq))

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
    return int(connection.execute(sa.select(_LIST_NUMBER)).scalar_one())


def _number(header: BatchHeader) -> tuple[str, int, int]:
    return header.device, header.epoch, header.seq


def _part(**found: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return one of the questions asked at once: its own columns, and nothing in those of the others."""
    return sa.select(*(found.get(one.name, sa.cast(sa.null(), one.type)).label(one.name) for one in _ANSWERS))


def _one_of(column: sa.Column[Any], asked: str) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam(asked, expanding=True))


_HELD = sa.select(log.c.size, log.c.root).with_for_update()
_LIST_NUMBER = sa.func.coalesce(sa.func.max(device_lists.c.number), 0)
_ANSWERS = (batches.c.number, receipts.c.sha512, receipts.c.data, batches.c.device, batches.c.epoch, batches.c.seq)
_ASKED = ("names", "devices", "epochs", "seqs")
_NUMBERS = (batches.c.device, batches.c.epoch, batches.c.seq)

# The list in use, known receipts, taken numbers. Taken ones are asked for with three lists, not with one of threes:
# for that SQLite would read the whole index. More may be found than was asked; it is taken as well.
_IN_THE_WAY = sa.union_all(
    _part(number=_LIST_NUMBER),
    _part(sha512=receipts.c.sha512, data=receipts.c.data).where(
        _one_of(receipts.c.sha512, "names"), receipts.c.kind == STORED
    ),
    _part(**{one.name: one for one in _NUMBERS}).where(*map(_one_of, _NUMBERS, _ASKED[1:])),
)
