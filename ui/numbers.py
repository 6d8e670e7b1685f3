"""The numbers to call for the top bar: the hotline, whether somebody answers now, and the emergency number."""

from __future__ import annotations

import importlib
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.leaflets.directory import Directory


class NumbersToCall(NamedTuple):
    """What the top bar shows; ``tip`` names all hours and says when they are not confirmed."""

    line: str
    state: str
    hours: str
    emergency: str
    is_open: bool
    tip: str


def numbers_to_call(local: datetime, directory: Directory | None = None) -> NumbersToCall:
    """Return the numbers as of ``local``, the time in Denmark; reads a small file the first time."""
    lines = importlib.import_module("outreach_app.leaflets.directory")  # only once the window stands
    known: Directory = directory or lines.help_lines()
    hotline = known.line(lines.HOTLINE)
    answers = bool(lines.is_open(hotline, local))
    hours = hotline.weekends if local.weekday() >= 5 else hotline.weekdays
    opens, closes = hours.text()
    days = _("Sat–Sun {hours}") if hours is hotline.weekends else _("Mon–Fri {hours}")
    if answers:
        state = _("open until {time}").format(time=closes)
    else:
        state = _("opens {time}").format(time=opens) if _before(local, hours.opens) else _("closed now")
    tip = hotline.hours_text if hotline.confirmed else _("{hours} (not confirmed)").format(hours=hotline.hours_text)
    number = " / ".join(map(_shortly, (hotline.number, *hotline.other_numbers)))
    return NumbersToCall(
        line=f"Hotline {number}",  # called so in both languages
        state=state, hours=days.format(hours=f"{opens}–{closes}"),
        emergency=known.line(lines.EMERGENCY).number,
        is_open=answers, tip=tip,
    )


def _shortly(number: str) -> str:
    return number.removeprefix("+45 ").replace(" ", "\u00a0")


def _before(local: datetime, minutes: int) -> bool:
    return local.hour * 60 + local.minute < minutes
