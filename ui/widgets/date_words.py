"""Dates as people say them: "today", "in 3 days", "14 Nov"; pure, no Qt."""

from __future__ import annotations

import importlib
import re
from datetime import date, timedelta

from outreach_app.i18n import gettext as _
from outreach_app.i18n import locale, ngettext

_AMOUNT = re.compile(r"(\d{1,3})")
_PARTS = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?$")
NEAR_DAYS = 14


def say_date(day: date, today: date) -> str:
    """Return how far ``day`` is if it is near, otherwise the date in the interface language."""
    distance = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if distance in near:
        return near[distance]
    if 0 < distance <= NEAR_DAYS:
        return ngettext("in {count} day", "in {count} days", distance).format(count=distance)
    if -NEAR_DAYS <= distance < 0:
        return ngettext("{count} day ago", "{count} days ago", -distance).format(count=-distance)
    return short_date(day)


def short_date(day: date) -> str:
    """Return for example "14 Nov 2026" in the interface language."""
    dates = importlib.import_module("babel.dates")  # large, and nothing shows a date before the vault is open
    return str(dates.format_date(day, "medium", locale=locale()))


def read_date_words(text: str, today: date) -> date | None:
    """Return the day meant by ``text``: near words, "3", "in 3 days", "14/11", "14.11.2026", "2026-11-14"."""
    plain = text.strip().casefold()
    if not plain:
        return None
    for word, distance in ((_("today"), 0), (_("tomorrow"), 1), (_("yesterday"), -1)):
        if plain == word.casefold():
            return today + timedelta(days=distance)
    return _iso(plain) or _day_month(plain, today) or _said(plain, today) or _counted(plain, today)


def _iso(plain: str) -> date | None:
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def _day_month(plain: str, today: date) -> date | None:
    found = _PARTS.match(plain)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _said(plain: str, today: date) -> date | None:
    """Understand what ``say_date`` itself wrote."""
    for distance in range(-NEAR_DAYS, NEAR_DAYS + 1):
        if say_date(today + timedelta(days=distance), today).casefold() == plain:
            return today + timedelta(days=distance)
    return None


def _counted(plain: str, today: date) -> date | None:
    """Understand "3", "3 d", "in 2 weeks" by the number and the first letter of the unit."""
    found = _AMOUNT.search(plain)
    if found is None:
        return None
    unit = plain[found.end() :].strip()
    before = plain[: found.start()].strip()
    if before not in ("", "in", "om", "+") or (unit and unit[0] not in "dwu"):
        return None
    return today + timedelta(days=int(found[1]) * (7 if unit[:1] in ("w", "u") else 1))
