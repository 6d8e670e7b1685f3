"""How records are read and written: the shape of a connection, and times and JSON as stored text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar

import msgspec

T = TypeVar("T")


class Cursor(Protocol):
    """What records ask of a cursor."""

    rowcount: int
    lastrowid: int

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What records ask of the vault's connection."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Cursor: ...


def instant_text(instant: datetime) -> str:
    """Return an aware instant as stored: UTC, whole microseconds, sortable."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def instant(text: str) -> datetime:
    """Return a stored instant."""
    return datetime.fromisoformat(text)


def instant_or_none(text: str | None) -> datetime | None:
    """Return a stored instant, or None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


def date_or_none(text: str | None) -> date | None:
    """Return a stored date, or None where there is none."""
    return None if text is None else date.fromisoformat(text)


def to_text(value: object) -> str:
    """Return ``value`` as JSON text for a column."""
    return msgspec.json.encode(value, order="sorted").decode()


def from_text(text: str, kind: type[T]) -> T:
    """Return a JSON column as ``kind``; the vault's own pages are authenticated, so the plain reader is enough."""
    return msgspec.json.decode(text, type=kind)


def like_pattern(text: str) -> str:
    r"""Return a LIKE pattern (``ESCAPE '\'``) that finds ``text`` anywhere, with its own wildcards made harmless."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
