"""Dates and hours in words of the interface language, the way a colleague would say them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time

from outreach_app.i18n import gettext as _
from outreach_app.i18n import language, locale, ngettext

_SHORTENED = re.compile(r"([^\W\d])\.")  # the point after a shortened word says nothing


def day_in_words(day: date, today: date) -> str:
    """Return ``today``, ``yesterday``, ``tomorrow``, ``Tue 3 Mar`` or, in another year, ``3 Mar 2025``."""
    near = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}.get((day - today).days)
    if near is not None:
        return near
    number = "d'.'" if language() == "da" else "d"  # a Danish day of the month is an ordinal
    return _written(day, f"EEE {number} MMM" if day.year == today.year else f"{number} MMM y", language())


@lru_cache(maxsize=1024)
def _written(day: date, pattern: str, _language: str) -> str:
    """Return a day in the interface language; lists ask for the same few days again and again."""
    return _SHORTENED.sub(r"\1", str(format_date(day, pattern, locale=locale())))


def moment_in_words(moment: datetime, today: date) -> str:
    """Return day and hour of a local moment, for example ``today 21:40``."""
    return f"{day_in_words(moment.date(), today)} {hour_in_words(moment)}"


def month_in_words(month: str) -> str:
    """Return for example ``November 2026`` for ``2026-11``."""
    return _written(date.fromisoformat(f"{month}-01"), "LLLL y", language())


def hour_in_words(moment: datetime) -> str:
    """Return ``21:40``; the colon in every language, because it is also how the hour is typed."""
    return str(format_time(moment, "HH:mm", locale=locale()))


def due_in_words(day: date, today: date) -> str:
    """Return how near a to-do is: ``3 days late``, ``today``, ``in 5 days``."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("{count} day late", "{count} days late", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def ago_in_words(day: date, today: date) -> str:
    """Return how long ago a day was: ``today``, ``yesterday``, ``9 days ago``."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def recent_days(today: date, also: date | None = None, most: int = 8) -> tuple[tuple[str, str], ...]:
    """Return the last days as (ISO date, words), newest first; ``also`` is offered even when it is longer ago."""
    days = [today - timedelta(days=back) for back in range(most)]
    if also is not None and also not in days:
        days.append(also)
    return tuple((day.isoformat(), day_in_words(day, today)) for day in days)
