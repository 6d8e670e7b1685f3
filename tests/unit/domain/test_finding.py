"""What notes are looked for by, and when a clock is doubted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from outreach_app.domain.clock_doubt import doubtful_since
from outreach_app.domain.finding import Filters, fact_of

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("filters", "first"),
    [
        (Filters(), None),
        (Filters(since=date(2026, 1, 1)), date(2026, 1, 1)),
        (Filters(days=1), TODAY),
        (Filters(days=7), date(2026, 2, 24)),
        (Filters(days=7, since=date(2026, 3, 1)), date(2026, 3, 1)),
        (Filters(days=7, since=date(2025, 3, 1)), date(2026, 2, 24)),
    ],
)
def test_the_first_day_moves_with_today(filters: Filters, first: date | None) -> None:
    assert filters.first_day(TODAY) == first


@pytest.mark.parametrize("today", [date.min, date(1, 1, 2), date.max])
def test_days_back_stay_within_the_calendar(today: date) -> None:
    assert Filters(days=10**9).first_day(today) is not None


def test_filters_without_anything_are_none() -> None:
    assert not Filters()
    assert Filters(words="x")
    assert Filters(days=1)
    assert fact_of("as.coercion_at_destination.documents_taken") == "coercion_at_destination.documents_taken"


@pytest.mark.parametrize(
    ("written", "doubted"),
    [
        ([], None),
        ([NOW - timedelta(minutes=1)], None),
        ([NOW + timedelta(hours=23)], None),
        ([NOW - timedelta(days=365)], None),
        ([NOW + timedelta(days=3650)], NOW + timedelta(days=3650)),
        ([NOW, NOW + timedelta(days=2)], NOW + timedelta(days=2)),
        ([NOW - timedelta(days=3650)], NOW - timedelta(days=3650)),
        ([NOW, NOW - timedelta(days=3650)], None),
    ],
)
def test_a_clock_is_doubted_by_when_the_newest_notes_were_written(
    written: list[datetime], doubted: datetime | None
) -> None:
    assert doubtful_since(NOW, written) == doubted
