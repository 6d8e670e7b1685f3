"""Instants as they stand in documents: UTC, whole seconds, ``2026-03-02T20:00:00Z``."""

from __future__ import annotations

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def write_instant(instant: datetime) -> str:
    """Return the text of an aware instant."""
    return instant.astimezone(UTC).strftime(_FORM)


def read_instant(untrusted: str) -> datetime | None:
    """Return the aware instant, or None when there is no such day or hour."""
    try:
        instant = datetime.strptime(untrusted, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if write_instant(instant) == untrusted else None
