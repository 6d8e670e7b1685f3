"""The time packs are judged by: never before what was, and no hostage of one wrong clock at the centre."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach_app.sync.packs.trusted_time import BELIEVED_AHEAD, BUILT_AT, trusted_now

NOW = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("clock", "heard", "expected"),
    [
        (NOW, (), NOW),
        (NOW, (NOW - DAY, NOW - 2 * DAY), NOW),
        (NOW - 3653 * DAY, (), BUILT_AT),
        (NOW - 30 * DAY, (NOW, NOW - DAY), NOW),
        (NOW, (NOW + 730 * DAY,), NOW),
        (NOW, (NOW + BELIEVED_AHEAD,), NOW + BELIEVED_AHEAD),
        (NOW, (NOW + BELIEVED_AHEAD + DAY, NOW + DAY), NOW + DAY),
        (NOW + 3653 * DAY, (NOW,), NOW + 3653 * DAY),
    ],
    ids=["alone", "heard before", "clock back", "clock back, heard", "two years ahead", "ahead", "centre's clock was wrong", "clock ahead"],
)
def test_the_latest_that_can_be_believed(clock: datetime, heard: tuple[datetime, ...], expected: datetime) -> None:
    assert trusted_now(clock, heard) == expected


def test_a_clock_put_back_does_not_go_behind_the_last_good_look() -> None:
    assert trusted_now(NOW - 3653 * DAY, (NOW + DAY, NOW + 730 * DAY), looked_at=NOW) == NOW + DAY


def test_the_build_is_not_of_the_future() -> None:
    assert datetime.now(UTC) > BUILT_AT
