"""Reads opening hours from outside: a mapping of days to times such as ``[["08:30", "16:00"]]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from outreach_app.errors import OutreachError
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.opening import (
    DAYS,
    FIRST_WEEKEND_DAY,
    WEEKDAYS,
    WEEKENDS,
    WHOLE_DAY,
    Hours,
    OpeningHours,
)

BY_APPOINTMENT = "by_appointment"
MOST_TIMES = 4  # on one day
_ORDER = (WEEKDAYS, *DAYS[:FIRST_WEEKEND_DAY], WEEKENDS, *DAYS[FIRST_WEEKEND_DAY:])
_TIME = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
_LATEST_NEXT_MORNING = 6 * 60  # a time before the opening means the next morning, but not by mistake most of a day


class HoursFaultError(OutreachError):
    """``place`` names the day (".monday", or "" for all of it), ``reason`` says what is wrong there."""

    def __init__(self, place: str, reason: str) -> None:
        """Keep where and why."""
        super().__init__(reason)
        self.place = place
        self.reason = reason


def read_hours(untrusted: object) -> OpeningHours:
    """Return the hours in parsed JSON; raises HoursFaultError."""
    if not isinstance(untrusted, Mapping):
        raise HoursFaultError("", _("not an object"))
    unknown = set(untrusted) - {*_ORDER, BY_APPOINTMENT}
    if unknown:
        raise HoursFaultError("", _("a day it does not know"))
    by_appointment = untrusted.get(BY_APPOINTMENT, False)
    if not isinstance(by_appointment, bool):
        raise HoursFaultError(f".{BY_APPOINTMENT}", _("neither true nor false"))
    _check_days_once(set(untrusted))
    days = tuple((day, _times(day, untrusted[day])) for day in _ORDER if day in untrusted)
    return OpeningHours(days, by_appointment)


def _check_days_once(given: set[str]) -> None:
    for group, days in ((WEEKDAYS, DAYS[:FIRST_WEEKEND_DAY]), (WEEKENDS, DAYS[FIRST_WEEKEND_DAY:])):
        if group in given and not given.isdisjoint(days):
            raise HoursFaultError(f".{group}", _("a day is given twice"))


def _times(day: str, untrusted: object) -> tuple[Hours, ...]:
    if not isinstance(untrusted, list) or len(untrusted) > MOST_TIMES:
        raise HoursFaultError(f".{day}", _("not a list of at most {most}").format(most=MOST_TIMES))
    times = tuple(_pair(day, pair) for pair in untrusted)
    if any(after.opens < before.closes for before, after in pairwise(times)):
        raise HoursFaultError(f".{day}", _("two times overlap or are not in order"))
    return times


def _pair(day: str, untrusted: object) -> Hours:
    if not isinstance(untrusted, list) or len(untrusted) != 2:
        raise HoursFaultError(f".{day}", _("not two times"))
    opens, closes = (_minutes(day, text) for text in untrusted)
    if closes < opens and closes <= _LATEST_NEXT_MORNING:
        closes += WHOLE_DAY
    if not opens < closes or opens >= WHOLE_DAY:
        raise HoursFaultError(f".{day}", _("it closes before it opens"))
    return Hours(opens, closes)


def _minutes(day: str, untrusted: object) -> int:
    found = _TIME.fullmatch(untrusted) if isinstance(untrusted, str) else None
    minutes = int(found[1]) * 60 + int(found[2]) if found else WHOLE_DAY + 1
    if minutes > WHOLE_DAY:
        raise HoursFaultError(f".{day}", _("not a time such as 08:30"))
    return minutes
