"""Figures of some days, for supervisors: counted from what this laptop holds, with their unit, date and rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

from outreach_app.domain.figures import (
    MOST_DAYS,
    Figure,
    FigureName,
    Figures,
    are_whole_weeks,
    days_or_weeks,
    figure,
    for_outside,
    week_name,
)
from outreach_app.records import figures as counted
from outreach_app.records import police_actions, tallies
from outreach_app.records.figure_people import people_behind
from outreach_app.records.figures import Days
from outreach_app.records.rows import Connection, instant_text
from outreach_app.services.errors import FiguresNeedSupervisorError, PeriodNotUsableError, WeeksNotOverError
from outreach_app.services.parts import Parts
from outreach_app.services.workers import Workers

CodedKind = Literal["settings", "regions"]
NAMED, KEPT = ("named", "unnamed"), ("kept", "open")
EARLIEST, LATEST = date(1970, 1, 1), date(9998, 12, 31)  # outside of them no instant can be told


class FiguresOfDays:
    """The verbs of figures."""

    def __init__(self, parts: Parts, workers: Workers) -> None:
        self._parts = parts
        self._workers = workers

    @property
    def may_see(self) -> bool:
        """Whether this worker may see figures: a supervisor, or anybody where there is none."""
        return self._workers.may_manage

    def today(self) -> date:
        """Return the day it is."""
        return self._parts.clock.local_now().date()

    def count(self, first: date, last: date, *, outside: bool = False) -> Figures:
        """Return all figures of the days from ``first`` to ``last``, both included.

        Args:
            first: a shift date; what happened at night counts on the evening's.
            last: the same day or at most ``MOST_DAYS`` later.
            outside: hide small groups, for what leaves the team; whole weeks that are over only. Days that begin or end
                anywhere would give one evening away by the difference of two files.

        Raises:
            FiguresNeedSupervisorError, PeriodNotUsableError, WeeksNotOverError: nothing was counted.
        """
        if not self.may_see:
            raise FiguresNeedSupervisorError
        if not (timedelta(0) <= last - first < timedelta(days=MOST_DAYS) and first >= EARLIEST and last <= LATEST):
            raise PeriodNotUsableError(most=MOST_DAYS - 1)
        if outside and not (are_whole_weeks(first, last) and last < self.today()):
            raise WeeksNotOverError
        days = Days(first, last)
        with self._parts.vault.read() as db:
            full = Figures(first, last, self.today(), (*self._encounters(db, days), *self._others(db, days)))
            return for_outside(full, people_behind(db, days)) if outside else full

    def note_export(self, *, outside: bool) -> None:
        """Write down that figures were taken out as a file, and for whom."""
        with self._parts.vault.transaction():
            self._parts.vault.audit("exported", detail=f"figures:{'outside' if outside else 'team'}")

    def _encounters(self, db: Connection, days: Days) -> tuple[Figure, ...]:
        by_day = counted.encounters_by_day(db, days)
        total = sum(by_day.values())
        kind, parts = days_or_weeks(days.first, days.last)
        over_time = dict.fromkeys(parts, 0)
        for day, count in by_day.items():
            over_time[day.isoformat() if kind == "days" else week_name(day)] += count
        return (
            figure("encounters", total, kind, over_time),
            figure("encounters_named", total, "named", _all_of(NAMED, counted.encounters_named(db, days))),
            figure("people", counted.count_people(db, days)),
            self._listed("encounters_by_setting", "settings", counted.encounters_by_setting(db, days)),
            self._listed("encounters_by_region", "regions", counted.encounters_by_region(db, days)),
            figure("outcomes", total, "outcomes", counted.outcomes(db, days)),
            figure("signs", counted.count_with_signs(db, days), "signs", counted.signs(db, days)),
        )

    def _others(self, db: Connection, days: Days) -> tuple[Figure, ...]:
        uses = tallies.find_figures(db, days.first, days.last)
        given, printed = counted.leaflets_given(db, days), self._printed(db, days)
        due = _all_of(KEPT, counted.follow_ups_due(db, days))
        police = police_actions.find_figures(db, days.first, days.last)
        stays, nights = counted.stays_ended(db, days)
        return (
            figure("uses", uses.uses, "coded", {"coded": uses.uses - uses.uncoded, "uncoded": uses.uncoded}),
            figure("people_counted", uses.people),
            self._listed("uses_by_setting", "settings", counted.uses_by_setting(db, days)),
            self._listed("uses_by_region", "regions", counted.uses_by_region(db, days)),
            figure("leaflets_given", sum(given.values()), "languages", given),
            figure("leaflets_printed", sum(printed.values()), "languages", printed),
            figure("follow_ups", sum(due.values()), "kept", due),
            figure("police_actions", police.actions),
            figure("police_met", police.met, "talked", {
                "talked_to": police.talked_to, "not_talked_to": police.met - police.talked_to,
            }),
            figure("stays_ended", stays),
            figure("stay_days", round(nights / stays, 1) if stays else None),
        )  # fmt: skip

    def _listed(self, name: FigureName, kind: CodedKind, found: Mapping[str, int]) -> Figure:
        """Return a figure with every code that is offered, so that nought is said, and those once used."""
        offered = [code.code for code in self._parts.code_lists[kind].offered()]
        return figure(name, sum(found.values()), kind, _all_of((*offered, *sorted(found)), found))

    def _printed(self, db: Connection, days: Days) -> dict[str, int]:
        zone = self._parts.clock.local_now().tzinfo
        begin = datetime.combine(days.first, time(), zone)
        end = datetime.combine(days.last + timedelta(days=1), time(), zone)
        return counted.leaflets_printed(db, instant_text(begin), instant_text(end))


def _all_of(codes: tuple[str, ...], found: Mapping[str, int]) -> dict[str, int]:
    return {code: found.get(code, 0) for code in codes}
