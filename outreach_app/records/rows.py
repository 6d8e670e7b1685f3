"""How records are read and written: times and JSON as stored text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

import msgspec

from outreach_app import typed_json
from outreach_app.domain.texts import whole_letters
from outreach_app.vault.connection import Connection

__all__ = [
    "Connection", "date_or_none", "from_text", "instant", "instant_or_none", "instant_text", "like_pattern", "to_text",
]  # fmt: skip

T = TypeVar("T")
LONGEST_PATTERN = 400  # letters; nothing that is looked for so is longer


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
    return typed_json.decode(text, kind)


def like_pattern(text: str) -> str:
    r"""Return a LIKE pattern (``ESCAPE '\'``) that finds ``text`` anywhere, with its own wildcards made harmless."""
    findable = whole_letters(text[:LONGEST_PATTERN])
    escaped = findable.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
