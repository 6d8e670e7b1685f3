"""The weekly reminder: a week after the last contact, or on the day agreed on; never again on a day it was put off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from outreach_app.domain.sending_reminder import SendingReminder, reminder_for

THURSDAY = date(2026, 3, 5)


def days_ago(days: int) -> date:
    return THURSDAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("since", "waiting", "weekday", "reason"),
    [
        (0, 9, 0, None),  # sent today
        (6, 9, 0, None),
        (7, 9, 0, "waiting"),
        (7, 0, 0, "quiet"),
        (6, 0, 4, None),  # nothing waits: the weekday alone is no reason
        (1, 9, 4, "waiting"),  # today is the day
        (0, 9, 4, None),  # and it was done
        (3, 9, 3, "waiting"),  # yesterday was the day, and nobody sent
        (1, 9, 3, None),  # sent yesterday
        (2, 9, 5, None),  # tomorrow is the day
        (30, 9, 5, "waiting"),
        (-3, 9, 4, None),  # the clock was put back
    ],
)
def test_when_it_is_due(since: int, waiting: int, weekday: int, reason: str | None) -> None:
    found = reminder_for(THURSDAY, since=days_ago(since), waiting=waiting, weekday=weekday)
    assert (found and found.reason) == reason
    if found is not None:
        assert found == SendingReminder(found.reason, waiting, days_ago(since))


def test_put_off_it_is_silent_for_that_day_and_no_longer() -> None:
    assert reminder_for(THURSDAY, since=days_ago(9), waiting=3, put_off_on=THURSDAY) is None
    assert reminder_for(THURSDAY, since=days_ago(9), waiting=3, put_off_on=days_ago(1)) is not None


def test_before_the_first_contact_it_names_no_day() -> None:
    found = reminder_for(THURSDAY, since=days_ago(8), waiting=0, contacted=False)
    assert found == SendingReminder("quiet", 0, None)
    assert reminder_for(THURSDAY, since=days_ago(8), waiting=1, contacted=False) == SendingReminder("waiting", 1, None)
