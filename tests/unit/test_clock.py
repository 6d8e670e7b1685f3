"""Times read off the wall get the offset of then, also in the hour that is left out and in the one that comes twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from outreach_app.clock import SystemClock, shift_date


@pytest.fixture
def copenhagen(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemClock]:
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield SystemClock()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("wall", "hour", "offset"),
    [
        ("2026-01-15T21:40", "21:40", 1),
        ("2026-07-15T21:40", "21:40", 2),
        ("2026-03-29T02:30", "03:30", 2),  # left out: the hour after
        ("2026-10-25T02:30", "02:30", 2),  # comes twice: the first
        ("2026-10-25T03:30", "03:30", 1),
    ],
)
def test_a_time_read_off_the_wall_gets_the_offset_of_then(copenhagen: SystemClock, wall: str, hour: str, offset: int) -> None:
    local = copenhagen.local_at(datetime.fromisoformat(wall))
    assert (local.strftime("%H:%M"), local.utcoffset()) == (hour, timedelta(hours=offset))
    assert copenhagen.local_now().utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


def test_a_night_over_the_change_of_time_counts_on_the_evening(copenhagen: SystemClock) -> None:
    assert shift_date(copenhagen.local_at(datetime(2026, 3, 29, 3, 30))).isoformat() == "2026-03-28"
