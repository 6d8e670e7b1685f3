"""Reads an hour as people type it in a hurry."""

from __future__ import annotations

import re
from datetime import time

_HOUR = re.compile(r"^(\d{1,2})(?:[:.\s]?(\d{2}))?$")


def read_hour(text: str) -> time | None:
    """Return the hour meant by ``21:40``, ``21.40``, ``2140``, ``9`` or ``940``; None when it is none."""
    found = _HOUR.match(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
