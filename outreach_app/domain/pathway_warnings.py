"""Which dates of a pathway are still ahead of her, and how near they are: told 10 and 3 days before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from outreach_app.domain.pathway import Pathway
from outreach_app.domain.pathway_case import DateName, PathwayCase, PathwayFacts

Nearness = Literal["far", "near", "close", "late"]

NEAR_DAYS = 10
CLOSE_DAYS = 3
ONE_EARLIER: frozenset[DateName] = frozenset({"ask_extension_by"})
"""Dates that lie one day before what is warned of: asked for before the last day, and counted to that day."""


def dates_ahead(pathway: Pathway, facts: PathwayFacts, *, extended: bool) -> Mapping[DateName, date]:
    """Return the dates somebody has to keep in mind, by name.

    After a return only the end of the help matters; once a period was made longer nobody need ask for it any more.
    """
    dates = pathway.dates
    if facts.returned_on is not None:
        names: tuple[DateName, ...] = ("return_support_ends",)
    elif dates["granted_until"] is None:
        names = ("ask_extension_by", "first_period_ends", "latest_end")
    else:
        names = ("ask_extension_by", "granted_until", "latest_end")
    found = {name: day for name in names if (day := dates[name]) is not None}
    first, granted = dates["first_period_ends"], dates["granted_until"]
    if extended or (first is not None and granted is not None and granted > first):
        found.pop("ask_extension_by", None)
    if found.get("latest_end") == found.get("granted_until"):
        found.pop("latest_end", None)
    return found


def letter_missing(case: PathwayCase) -> date | None:
    """Return the day of a decision that gave her a period of which nothing can be counted, and no letter says more."""
    said = case.letters.keys() & {"first_period_ends", "granted_until"}
    if case.facts.stay != "unknown" or case.facts.returned_on is not None or said:
        return None
    return case.decided_on


def days_left(name: DateName, on_date: date, today: date) -> int:
    """Return the days to what a date warns of; below nought it is over."""
    return (on_date - today).days + (name in ONE_EARLIER)


def nearness(name: DateName, on_date: date, today: date) -> Nearness:
    """Return how near a date is."""
    if on_date < today:
        return "late"
    left = days_left(name, on_date, today)
    if left <= CLOSE_DAYS:
        return "close"
    return "near" if left <= NEAR_DAYS else "far"
