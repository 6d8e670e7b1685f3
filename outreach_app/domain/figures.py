"""Figures of a week or a range of days: what was counted, in which unit, as of when and by which rules.

Contacts are people as far as they were recognised; 134 uses of a meeting place are not 134 people. Nothing here knows a
place, a name or a fact about others: what is not read cannot leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from outreach_app.domain.suppression import hide_small, is_small, protect_groups

RULES = 1
"""The version of how these figures are counted and what is hidden; it stands beside every figure."""

MOST_DAYS = 3 * 366
DAYS_ONE_BY_ONE = 14  # a longer range is shown by weeks

FigureName = Literal[
    "encounters", "encounters_named", "encounters_by_setting", "encounters_by_region", "outcomes", "signs", "people",
    "uses", "uses_by_setting", "uses_by_region", "people_counted", "leaflets_given", "leaflets_printed", "follow_ups",
    "police_actions", "police_met", "stays_ended", "stay_days",
]  # fmt: skip
Unit = Literal["encounters", "people", "uses", "copies", "follow_ups", "actions", "met", "stays", "days"]
GroupKind = Literal[
    "", "days", "weeks", "named", "settings", "regions", "outcomes", "signs", "coded", "languages", "kept", "talked"
]

UNITS: Mapping[FigureName, Unit] = {
    "encounters": "encounters",
    "encounters_named": "encounters",
    "encounters_by_setting": "encounters",
    "encounters_by_region": "encounters",
    "outcomes": "encounters",
    "signs": "encounters",
    "people": "people",
    "uses": "uses",
    "uses_by_setting": "uses",
    "uses_by_region": "uses",
    "people_counted": "people",
    "leaflets_given": "copies",
    "leaflets_printed": "copies",
    "follow_ups": "follow_ups",
    "police_actions": "actions",
    "police_met": "met",
    "stays_ended": "stays",
    "stay_days": "days",
}
OVERLAPPING: frozenset[GroupKind] = frozenset({"signs"})
"""One encounter counts in several of these groups, so they add up to nothing."""

_LONG_LISTS: frozenset[GroupKind] = frozenset({"settings", "regions"})


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a figure; ``count`` is None where too few were counted to say."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its groups. ``total`` is None where too few were counted to say, or there is nothing to average.

    ``hidden``: something of it is not shown because too few were counted.
    """

    name: FigureName
    total: float | None
    kind: GroupKind = ""
    groups: tuple[Group, ...] = ()
    hidden: bool = False

    @property
    def unit(self) -> Unit:
        """What was counted."""
        return UNITS[self.name]


@dataclass(frozen=True, slots=True)
class Behind:
    """How many different people stand behind a figure and behind each of its groups; one who was met is one person."""

    total: int
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of the days from ``first`` to ``last``, counted on ``as_of`` by the rules of version ``rules``.

    ``outside``: small groups are hidden, so that it may leave the team.
    """

    first: date
    last: date
    as_of: date
    figures: tuple[Figure, ...]
    outside: bool = False
    rules: int = RULES

    def find(self, name: FigureName) -> Figure:
        """Return one figure."""
        return next(figure for figure in self.figures if figure.name == name)

    @property
    def empty(self) -> bool:
        """True when nothing at all was counted."""
        return not any(figure.total or figure.hidden for figure in self.figures)


def figure(
    name: FigureName, total: float | None, kind: GroupKind = "", groups: Mapping[str, int] | None = None
) -> Figure:
    """Return a figure; groups stay in the order in which they are given."""
    return Figure(name, total, kind, tuple(Group(code, count) for code, count in (groups or {}).items()))


def for_outside(figures: Figures, behind: Mapping[FigureName, Behind] | None = None) -> Figures:
    """Return what may leave the team: the same figures with small groups made unreadable.

    Args:
        figures: all numbers.
        behind: how many people stand behind a figure, where it counts something else than people.
    """
    known = behind or {}
    protected = tuple(_protected(each, known.get(each.name)) for each in figures.figures)
    return replace(figures, outside=True, figures=_average_with_its_count(protected))


def worth_showing(figure: Figure) -> tuple[Group, ...]:
    """Return the groups a reader looks at: of a list of codes only those that were met, of a few fixed ones all."""
    if figure.kind not in _LONG_LISTS:
        return figure.groups
    return tuple(group for group in figure.groups if group.count != 0)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of a day's week; the first and last week of the calendar are cut at its ends."""
    monday_ordinal = day.toordinal() - day.weekday()
    first = date.fromordinal(max(1, monday_ordinal))
    last = date.fromordinal(min(date.max.toordinal(), monday_ordinal + 6))
    return first, last


def days_or_weeks(first: date, last: date) -> tuple[GroupKind, tuple[str, ...]]:
    """Return how a range is divided, and its parts in order: days as ISO dates, weeks such as ``2026-W10``."""
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    if len(days) <= DAYS_ONE_BY_ONE:
        return "days", tuple(day.isoformat() for day in days)
    return "weeks", tuple(dict.fromkeys(week_name(day) for day in days))


def are_whole_weeks(first: date, last: date) -> bool:
    """Tell whether days go from a Monday to a Sunday."""
    return first <= last and first.weekday() == 0 and last.weekday() == 6  # counted from Monday


def week_name(day: date) -> str:
    """Return the ISO week of a day, for example ``2026-W10``."""
    year, week, _day = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _protected(full: Figure, behind: Behind | None) -> Figure:
    if full.total is None:
        return full
    if is_small(full.total, None if behind is None else behind.total) and full.unit != "days":
        return replace(full, total=None, groups=(), hidden=True)
    counts = [group.count or 0 for group in full.groups]
    people = None if behind is None else [behind.groups.get(group.code, 0) for group in full.groups]
    shown = hide_small(counts, people) if full.kind in OVERLAPPING else protect_groups(counts, people)
    if shown is None:
        return replace(full, groups=(), hidden=True)
    groups = tuple(Group(group.code, count) for group, count in zip(full.groups, shown, strict=True))
    return replace(full, groups=groups, hidden=None in shown)


def _average_with_its_count(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Hide the average of so few stays that their number is hidden."""
    few = any(each.name == "stays_ended" and each.hidden for each in figures)
    return tuple(
        replace(each, total=None, hidden=True) if few and each.name == "stay_days" else each for each in figures
    )
