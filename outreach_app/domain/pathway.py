"""The pathway engine: who decides, which period, which dates, what to say. Pure: facts and a table in, answer out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outreach_app.domain.code_lists import FALLBACK_LANGUAGE
from outreach_app.domain.pathway_case import LAWFUL, WITHOUT_LAWFUL, DateName, PathwayCase
from outreach_app.domain.pathway_dates import Lengths, count_dates, with_letters
from outreach_app.domain.pathway_rules import PLACES, NumberName, NumberRule, Period, Rule, RuleTable, Statement

Decider = Literal["DIS", "CMM", "unknown"]
_MAY_WORK: Mapping[str, bool | None] = {"none": False, "asylum": False, "eu": True, "danish": True}


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence that holds for her, with the numbers of the law that stand in it."""

    statement: Statement
    numbers: tuple[NumberRule, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether the sentence and every number in it are confirmed."""
        return self.statement.confirmed and all(number.confirmed for number in self.numbers)

    def text(self, language: str) -> str:
        """Return the whole sentence; where sources do not agree on a number, both stand in it."""
        places = {
            place: "/".join(str(number.value) for number in self.numbers if number.rule == name)
            for place, name in PLACES.items()
        }
        return self.statement.text(language).format_map(places)


@dataclass(frozen=True, slots=True)
class Pathway:
    """The answer. ``counted`` are our own dates, ``dates`` those that go: a letter's date goes before ours."""

    decides: Decider
    court_may_decide: bool
    period: Period
    counted: Mapping[DateName, date | None]
    dates: Mapping[DateName, date | None]
    cap_days: int | None
    caps: tuple[int, ...]
    work_allowed: bool | None
    steps: tuple[Step, ...]
    reasons: tuple[Rule, ...]


def find_pathway(case: PathwayCase, table: RuleTable) -> Pathway:
    """Return what holds for a person by the law of the day her period began, or of ``case.on`` where none has."""
    period = _period(case)
    used = _numbers_used(case, table, period)
    caps = tuple(dict.fromkeys(rule.value for rule in used if rule.rule == "reflection.cap_days"))
    lengths = Lengths(
        _least(used, "reflection.first_days"), _least(used, "reflection.cap_days"),
        _least(used, "return.support_months"),
    )  # fmt: skip
    counted = count_dates(case, lengths)
    steps = tuple(_steps(case, table, period))
    return Pathway(
        decides=_decider(case),
        court_may_decide=case.facts.in_trial,
        period=period,
        counted=counted,
        dates=with_letters(counted, case),
        cap_days=lengths.cap_days,
        caps=caps,
        work_allowed=_MAY_WORK.get(case.facts.stay),
        steps=steps,
        reasons=_cited(steps, used),
    )


def _decider(case: PathwayCase) -> Decider:
    if case.facts.stay in WITHOUT_LAWFUL:
        return "DIS"
    return "CMM" if case.facts.stay in LAWFUL else "unknown"


def _period(case: PathwayCase) -> Period:
    if case.public_order:
        return "none"  # whatever her stay: nobody is promised time that a decision took away
    if case.facts.stay in LAWFUL:
        return "restitution"
    return "unknown" if case.facts.stay == "unknown" else "reflection"


def _numbers_used(case: PathwayCase, table: RuleTable, period: Period) -> tuple[NumberRule, ...]:
    """Return the numbers that dates are counted with; where sources do not agree, all of them, the lowest first."""
    used: list[NumberRule] = []
    if period in {"reflection", "restitution"}:
        used += _numbers("reflection.first_days", case, table)
        used += _numbers("reflection.cap_days", case, table)
    if case.facts.returned_on is not None:
        used += _numbers("return.support_months", case, table)
    return tuple(used)


def _numbers(name: NumberName, case: PathwayCase, table: RuleTable) -> tuple[NumberRule, ...]:
    """Return a number by the law of the day that counts for it."""
    days = {"reflection": case.decided_on, "return": case.facts.returned_on}
    day = days.get(name.partition(".")[0]) or case.on
    return table.number(name, day, child=case.facts.maybe_a_child)


def _least(rules: tuple[NumberRule, ...], name: NumberName) -> int | None:
    """Return the lowest number of that name: nobody should count on a longer time than is certain."""
    return min((rule.value for rule in rules if rule.rule == name), default=None)


def _steps(case: PathwayCase, table: RuleTable, period: Period) -> Iterator[Step]:
    facts = case.facts
    for statement in table.statements:
        meant = statement.when.holds(facts.stay, period, child=facts.maybe_a_child, trial=facts.in_trial)
        if meant and statement.holds_on(case.on):
            yield Step(statement, tuple(_numbers_in(statement, case, table)))


def _numbers_in(statement: Statement, case: PathwayCase, table: RuleTable) -> Iterator[NumberRule]:
    for place, name in PLACES.items():
        if f"{{{place}}}" in statement.text(FALLBACK_LANGUAGE):
            yield from _numbers(name, case, table)


def _cited(steps: tuple[Step, ...], used: tuple[NumberRule, ...]) -> tuple[Rule, ...]:
    """Return every rule that stands behind the answer, each once, in the order of the sentences."""
    numbers = dict.fromkeys((*used, *(number for step in steps for number in step.numbers)))
    return (*(step.statement for step in steps), *numbers)
