"""Time is handed in, so that tests and replays decide what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

DAY_BEGINS_AT_HOUR = 6  # policy default: a night counts on the evening's date


class Clock(Protocol):
    """What the program asks about time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def local_now(self) -> datetime:
        """Return the present instant with the laptop's own UTC offset."""
        ...

    def local_at(self, wall: datetime) -> datetime:
        """Return a time read off the wall (not aware) with the UTC offset that holds here then.

        An hour that the change to summer time leaves out becomes the one after it; of one that comes twice, the first
        is meant.
        """
        ...

    def running_seconds(self) -> float:
        """Return seconds that only grow, untouched by changes of the wall clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def local_now(self) -> datetime:
        return datetime.now(UTC).astimezone()

    def local_at(self, wall: datetime) -> datetime:
        local = wall.astimezone()
        if local.replace(tzinfo=None) == wall:
            return local
        return max(local, wall.replace(fold=1).astimezone())  # an hour that was left out

    def running_seconds(self) -> float:
        return time.monotonic()


def shift_date(local: datetime, day_begins_at_hour: int = DAY_BEGINS_AT_HOUR) -> date:
    """Return the date a meeting counts on: before the cut-off hour it is still the evening's date."""
    try:
        return (local - timedelta(hours=day_begins_at_hour)).date()
    except OverflowError:  # the first hours of year 1
        return local.date()
