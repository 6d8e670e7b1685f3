"""When somebody answers or a door is open: hours by kind of day, and whether it is open at a given minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

WEEKDAYS, WEEKENDS = "weekdays", "weekends"  # weekends: also public holidays
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHOLE_DAY = 24 * 60
FIRST_WEEKEND_DAY = 5  # Saturday, counted from Monday as 0


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, in minutes after midnight; ``closes`` is not included and may lie after the next midnight."""

    opens: int
    closes: int

    def text(self, separator: str = ":") -> tuple[str, str]:
        """Return both times as written in a language with this ``separator``."""
        closes = self.closes - WHOLE_DAY if self.closes > WHOLE_DAY else self.closes
        return _clock_time(self.opens, separator), _clock_time(closes, separator)

    def has(self, minute: int) -> bool:
        """Tell whether ``minute``, counted from the midnight before ``opens``, lies within."""
        return self.opens <= minute < self.closes


ALWAYS = (Hours(0, WHOLE_DAY),)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Hours by ``weekdays``, ``weekends`` or single days, in the order given; a day without any is closed.

    Nothing given means that nobody has told the hours. ``by_appointment``: one has to call first.
    """

    days: tuple[tuple[str, tuple[Hours, ...]], ...] = ()
    by_appointment: bool = False

    @property
    def known(self) -> bool:
        """Tell whether anything is known of when it is open."""
        return bool(self.days) or self.by_appointment

    @property
    def always(self) -> bool:
        """Tell whether it is open day and night."""
        return all(self.on(day) == ALWAYS for day in range(len(DAYS)))

    def on(self, weekday: int) -> tuple[Hours, ...]:
        """Return the hours of a day, counted from Monday as 0; none if it is closed or not known."""
        group = WEEKENDS if weekday >= FIRST_WEEKEND_DAY else WEEKDAYS
        return next((hours for day, hours in self.days if day in {DAYS[weekday], group}), ())

    def open_at(self, local: datetime) -> bool:
        """Tell whether it is open at ``local``, the time in Denmark; knows no public holidays."""
        minute = local.hour * 60 + local.minute
        today, yesterday = self.on(local.weekday()), self.on((local.weekday() - 1) % len(DAYS))
        return any(hours.has(minute) for hours in today) or any(hours.has(minute + WHOLE_DAY) for hours in yesterday)

    def runs(self) -> Iterator[tuple[str, str, tuple[Hours, ...]]]:
        """Yield first day, last day and hours; days that follow one another with the same hours are one run."""
        first = last = ""
        shared: tuple[Hours, ...] = ()
        for day, hours in self.days:
            if first and hours == shared and _follows(last, day):
                last = day
                continue
            if first:
                yield first, last, shared
            first, last, shared = day, day, hours
        if first:
            yield first, last, shared


NOT_TOLD = OpeningHours()


def _follows(day: str, next_day: str) -> bool:
    return day in DAYS and next_day in DAYS and DAYS.index(next_day) == DAYS.index(day) + 1


def _clock_time(minutes: int, separator: str) -> str:
    return f"{minutes // 60}{separator}{minutes % 60:02d}"
