"""The dates of a pathway: how long a period runs, until when it can be made longer, when help after a return ends.

No source says how the days are counted. Ours: the date of the decision plus calendar days. A letter's date goes first.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from outreach_app.domain.pathway_case import DateName, PathwayCase

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lengths:
    """The numbers of the law that the dates are counted with; None where nothing of that kind is counted."""

    first_days: int | None
    cap_days: int | None
    support_months: int | None


def count_dates(case: PathwayCase, lengths: Lengths) -> Mapping[DateName, date | None]:
    """Return every date as we count it, without looking at letters."""
    facts, begun = case.facts, case.decided_on
    dates: dict[DateName, date | None] = {
        "first_period_ends": None, "ask_extension_by": None, "latest_end": None, "granted_until": None,
        "return_support_ends": None,
    }  # fmt: skip
    if begun is not None and lengths.first_days is not None and lengths.cap_days is not None:
        first_ends = begun + timedelta(days=lengths.first_days)
        dates["first_period_ends"] = first_ends
        dates["ask_extension_by"] = first_ends - ONE_DAY  # it has to be there before the last day of the first period
        dates["latest_end"] = begun + timedelta(days=lengths.cap_days)
        if case.granted_days:
            dates["granted_until"] = begun + timedelta(days=_granted(case, lengths.first_days, lengths.cap_days))
    if facts.returned_on is not None and lengths.support_months is not None:
        dates["return_support_ends"] = months_later(facts.returned_on, lengths.support_months)
    return MappingProxyType(dates)


def with_letters(counted: Mapping[DateName, date | None], case: PathwayCase) -> Mapping[DateName, date | None]:
    """Return the dates that go: a letter's date goes before ours, and what hangs on it follows.

    While nothing longer was granted, the end of the first period and the day until which it is granted are one day: a
    letter that names one of them speaks of both.
    """
    dates = {**counted, **case.letters}
    same = counted["granted_until"] in {None, counted["first_period_ends"]}
    ends = case.letters.get("first_period_ends", case.letters.get("granted_until") if same else None)
    if ends is None:
        return MappingProxyType(dates)
    dates["first_period_ends"] = ends
    if "ask_extension_by" not in case.letters:
        dates["ask_extension_by"] = ends - ONE_DAY
    if same and counted["granted_until"] is not None and "granted_until" not in case.letters:
        dates["granted_until"] = ends
    return MappingProxyType(dates)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _granted(case: PathwayCase, first_days: int, cap_days: int) -> int:
    """Return the days granted so far: each request that was granted adds; past the first period only with a reason."""
    facts = case.facts
    reason = facts.return_agreed or facts.special_reasons
    most = cap_days if reason and case.may_be_longer else first_days
    return min(sum(case.granted_days), most)
