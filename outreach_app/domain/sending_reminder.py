"""When to remind of sending: once a week, on the day the centre or the team agreed on, and never twice a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WEEK = 7  # days
NO_WEEKDAY = 0


@dataclass(frozen=True, slots=True)
class SendingReminder:
    """Why sending is due.

    ``waiting``: that many notes, counts and messages wait. ``quiet``: nothing waits, but there was no contact for a
    week: receipts and what the centre published may wait there. ``last``: the day of the last contact, None for never.
    """

    reason: Literal["waiting", "quiet"]
    waiting: int
    last: date | None


def reminder_for(
    today: date, *, since: date, waiting: int, weekday: int = NO_WEEKDAY, put_off_on: date | None = None,
    contacted: bool = True,
) -> SendingReminder | None:  # fmt: skip
    """Return the reminder of this day, or None.

    Args:
        today: the laptop's day.
        since: the day of the last contact that came to its end, or of the enrolment before the first.
        waiting: what would leave now.
        weekday: the day to send on, 1 (Monday) to 7; 0: a week after the last contact.
        put_off_on: the day on which it was put off until the next.
        contacted: False before the first contact.
    """
    if put_off_on == today:
        return None
    reached = today - timedelta(days=(today.isoweekday() - weekday) % WEEK) if weekday else None
    week_over = (today - since).days >= WEEK
    day_came = reached is not None and since < reached
    if waiting and (week_over or day_came):
        return SendingReminder("waiting", waiting, since if contacted else None)
    if week_over:
        return SendingReminder("quiet", 0, since if contacted else None)
    return None
