"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

COPENHAGEN_WINTER = timezone(timedelta(hours=1))


class FakeClock:
    """Time for tests: wall clock and running time move together, or apart with ``set_wall``."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)) -> None:
        self._wall = start
        self._running = 1000.0

    def now(self) -> datetime:
        return self._wall

    def local_now(self) -> datetime:
        return self._wall.astimezone(COPENHAGEN_WINTER)

    def local_at(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=COPENHAGEN_WINTER)

    def running_seconds(self) -> float:
        return self._running

    def advance(self, seconds: float) -> None:
        self._wall += timedelta(seconds=seconds)
        self._running += seconds

    def set_wall(self, wall: datetime) -> None:
        self._wall = wall
