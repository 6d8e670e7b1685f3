"""Opening hours as a short line in the interface language."""

from __future__ import annotations

from outreach_app.i18n import gettext as _
from outreach_app.i18n import locale
from outreach_app.leaflets.directory.opening import DAYS, WEEKDAYS, WEEKENDS, Hours, OpeningHours

_USUAL = (WEEKDAYS, WEEKENDS)


def hours_words(hours: OpeningHours) -> str:
    """Return the hours in words, empty if nobody has told them."""
    if hours.always:
        return _("day and night")
    if tuple(day for day, _spans in hours.days) == _USUAL and not hours.by_appointment:
        weekdays, weekends = (_spans_words(spans) for _day, spans in hours.days)
        return _("Mon–Fri {weekdays}, weekends and public holidays {weekends}").format(
            weekdays=weekdays, weekends=weekends
        )
    runs = [f"{_days_words(first, last)} {_spans_words(spans)}" for first, last, spans in hours.runs()]
    return ", ".join([*runs, _("call first")] if hours.by_appointment else runs)


def _spans_words(spans: tuple[Hours, ...]) -> str:
    return ", ".join("–".join(span.text()) for span in spans) or _("closed")


def _days_words(first: str, last: str) -> str:
    if first == WEEKDAYS:
        return _("Mon–Fri")
    if first == WEEKENDS:
        return _("weekends and public holidays")
    return _day(first) if first == last else f"{_day(first)}–{_day(last)}"


def _day(name: str) -> str:
    return str(locale().days["format"]["abbreviated"][DAYS.index(name)]).rstrip(".")
