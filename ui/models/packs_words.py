"""What this laptop uses of what the centre published: its number, its dates, and whom it trusts, as lines."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words

if TYPE_CHECKING:
    from outreach_app.services.packs import PacksState
    from outreach_app.services.packs_road import PacksFetched


def packs_lines(state: PacksState, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return (name, words) for the number in use, its dates and the custodians' keys."""
    lines = (
        (_("In use"), _in_use(state, now)), (_("Good until"), _until(state, now)),
        (_("Last looked"), _day(state.looked_at, now) or _("never")), (_("Custodians"), _trust(state)),
    )  # fmt: skip
    return tuple(line for line in lines if line[1])


def age_words(published_on: date | None, state: PacksState | None, today: date) -> str:
    """Return how old the centre's texts in use are, "" where the shipped ones are.

    ``state`` is None while locked: then only the day of the texts is known.
    """
    if published_on is None:
        return ""
    day = day_in_words(published_on, today)
    if state is None or not state.expired or state.expires_on is None:
        return _("Texts of the centre of {day}").format(day=day)
    return _("Texts of the centre of {day}; they should have been renewed by {until}").format(
        day=day, until=day_in_words(state.expires_on, today)
    )


def fetched_words(fetched: PacksFetched) -> str:
    """Return what a look brought; what went wrong is said apart."""
    if fetched.installed:
        return _("Number {number} of what the centre published is in use now.").format(number=fetched.state.number)
    if not fetched.state.looked_at:
        return _("The centre has published nothing there yet.")
    return _("This laptop uses the newest of what the centre published.")


def _in_use(state: PacksState, now: datetime) -> str:
    if not state.number or state.published_on is None:
        return _("what came with the program")
    number = _("number {number} of {day}").format(
        number=state.number, day=day_in_words(state.published_on, now.date())
    )
    if state.set_aside:
        return _("what came with the program; {number} does not fit this version").format(number=number)
    installed = _("installed {day}").format(day=_day(state.installed_at, now)) if state.installed_at else ""
    again = _("it is number {number} again").format(number=state.returns_to) if state.returns_to else ""
    return " · ".join(filter(None, (number, installed, again)))


def _until(state: PacksState, now: datetime) -> str:
    if state.expires_on is None:
        return ""
    day = day_in_words(state.expires_on, now.date())
    return _("{day}: out of date since then, still in use").format(day=day) if state.expired else day


def _trust(state: PacksState) -> str:
    return _("known") if state.trusted else _("not known yet; the first look asks the centre who they are")


def _day(moment: datetime | None, now: datetime) -> str:
    return "" if moment is None else day_in_words(moment.astimezone(now.tzinfo).date(), now.date())
