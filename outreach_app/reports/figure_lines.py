"""Figures as lines of words and numbers in the interface language: the same lines in the window and in every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from outreach_app.domain.assessment_words import outcome_name
from outreach_app.domain.code_lists import CodeLists, ListName
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.domain.figure_words import figure_name, fixed_group, not_shown, unit_name
from outreach_app.domain.figures import Figure, Figures, Group, GroupKind
from outreach_app.domain.indicator import Catalogue, Profile
from outreach_app.domain.outcome import Outcome
from outreach_app.i18n import gettext as _
from outreach_app.i18n import language, locale

_NOTHING = "–"
_LISTS = frozenset({"settings", "regions"})


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line: ``group`` is empty for the figure as a whole; ``number`` is None where none is shown."""

    figure: str
    unit: str
    group: str
    number: float | None
    hidden: bool

    def shown(self) -> str:
        """Return the number as it is written in the interface language, or what stands in its place."""
        return number_words(self.number, hidden=self.hidden)


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Turns codes of figures into words; a code no list knows is shown as it is rather than lost."""

    lists: CodeLists
    catalogues: Mapping[Profile, Catalogue]

    def lines(self, figures: Figures) -> tuple[FigureLine, ...]:
        """Return every figure with its groups below it."""
        return tuple(line for figure in figures.figures for line in self.lines_of(figure))

    def lines_of(self, figure: Figure) -> Iterator[FigureLine]:
        """Give the line of a figure, then those of its groups."""
        name, unit = figure_name(figure.name), unit_name(figure.unit)
        yield FigureLine(name, unit, "", figure.total, figure.hidden and figure.total is None)
        for group in figure.groups:
            yield FigureLine(name, unit, self.group(figure.kind, group), group.count, group.count is None)

    def group(self, kind: GroupKind, group: Group) -> str:
        """Return the words of a group."""
        code = group.code
        if kind == "days":
            return str(format_skeleton("MMMEd", date.fromisoformat(code), locale=locale()))
        if kind == "weeks":
            return _("week {number} of {year}").format(number=int(code[6:]), year=code[:4])
        if kind == "languages":
            return self._language(code)
        if kind == "outcomes":
            return outcome_name(cast("Outcome", code)) if code in get_args(Outcome) else code
        if kind == "signs":
            return self._sign(code)
        return self._listed(kind, code) if kind in _LISTS else fixed_group(code)

    def _listed(self, kind: GroupKind, code: str) -> str:
        try:
            return self.lists.label(cast("ListName", kind), code, language()[:2])
        except UnknownCodeError:
            return code

    def _sign(self, fact: str) -> str:
        for catalogue in self.catalogues.values():
            for sign_id, sign in catalogue.by_id().items():
                if sign_id.partition(".")[2] == fact:
                    return sign.label(language()[:2])
        return fact

    def _language(self, tag: str) -> str:
        names = locale().languages
        return str(names.get(tag.replace("-", "_"), names.get(tag.split("-", maxsplit=1)[0], tag)))


def number_words(number: float | None, *, hidden: bool = False) -> str:
    """Return a number in the way of the interface language; a dash where there is nothing to count."""
    if number is None:
        return not_shown() if hidden else _NOTHING
    return str(format_decimal(number, locale=locale()))


def days_words(first: date, last: date) -> str:
    """Return a range of days, with its week's number where it is one week."""
    days = _("{first} to {last}").format(first=_day(first), last=_day(last)) if first != last else _day(first)
    if first.weekday() == 0 and (last - first).days == 6:
        return _("Week {number}: {days}").format(number=first.isocalendar().week, days=days)
    return days


def about_words(figures: Figures) -> str:
    """Return as of when and by which rules figures were counted."""
    return _("As of {date}, counting rules {version}").format(date=_day(figures.as_of), version=figures.rules)


def _day(day: date) -> str:
    return str(format_date(day, "long", locale=locale()))
