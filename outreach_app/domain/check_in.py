"""A time at which a worker wants to be reminded to call in, so that somebody knows she is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=24)  # a shift; more is a slip of the finger


@dataclass(frozen=True, slots=True)
class CheckIn:
    """``due_at`` is when to remind (aware); ``made_at`` when it was set."""

    id: str
    due_at: datetime
    made_at: datetime
