"""Reads the log that ``fault_shim.c`` writes: every change below the watched folder, in order."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.fault_shim import MAKE, REMOVE, RENAME, RESIZE, SYNC, WRITE

_HEAD = struct.Struct("<cHHqI")
KIND_OF = {
    "W": WRITE, "S": SYNC, "D": SYNC, "T": RESIZE, "C": MAKE, "M": MAKE, "L": MAKE, "R": RENAME, "U": REMOVE
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One call: its letter (see the shim), its path below the folder, and what belongs to it."""

    letter: str
    path: str
    second: str
    offset: int
    data: bytes

    @property
    def text(self) -> str:
        """What the program said with a mark."""
        return self.data.decode()


def read_log(file: Path) -> list[Event]:
    return list(_events(file.read_bytes()))


def count(events: list[Event], kinds: int) -> int:
    """Return how many of the calls are of these kinds."""
    return sum(1 for event in events if KIND_OF.get(event.letter, 0) & kinds)


def _events(content: bytes) -> Iterator[Event]:
    at = 0
    while at < len(content):
        letter, first, second, offset, length = _HEAD.unpack_from(content, at)
        start = at + _HEAD.size
        middle, body = start + first, start + first + second
        kind = letter.decode()
        at = body + (length if kind in "WK" else 0)
        yield Event(kind, content[start:middle].decode(), content[middle:body].decode(), offset, content[body:at])
