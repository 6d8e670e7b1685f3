"""The dated table of what the law says: numbers and sentences, each with its source and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from outreach_app.domain.code_lists import FALLBACK_LANGUAGE
from outreach_app.domain.pathway_case import Stay

NumberName = Literal["reflection.first_days", "reflection.cap_days", "return.support_months", "police.hold_hours"]
Unit = Literal["days", "months", "hours"]
Who = Literal["everyone", "adults", "children"]
Period = Literal["reflection", "restitution", "none", "unknown"]
Topic = Literal["who_decides", "interview", "period", "rights", "health", "child", "charges", "permits", "return"]

PLACES: Mapping[str, NumberName] = {
    "first_days": "reflection.first_days",
    "cap_days": "reflection.cap_days",
    "support_months": "return.support_months",
    "hold_hours": "police.hold_hours",
}
"""The places a sentence may have, and the number that fills each."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a number or sentence comes from (by interface language, always in English) and when it holds.

    An open end is None; the last day is included.
    """

    rule: str
    sources: Mapping[str, str] = field(hash=False)
    as_of: str
    confirmed: bool
    valid_from: date | None
    valid_until: date | None

    @property
    def source(self) -> str:
        """Where it comes from, in English."""
        return self.sources[FALLBACK_LANGUAGE]

    def source_in(self, language: str) -> str:
        """Return where it comes from, in an interface language."""
        return self.sources.get(language, self.source)

    def holds_on(self, day: date) -> bool:
        """Tell whether it is the law of ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class NumberRule(Rule):
    """A number of the law."""

    value: int
    unit: Unit
    who: Who

    def is_for(self, *, child: bool) -> bool:
        """Tell whether it is the number for a child, or for an adult."""
        return self.who == "everyone" or (self.who == "children") is child


@dataclass(frozen=True, slots=True)
class When:
    """For whom a sentence is; what is left open holds for all."""

    stay: frozenset[Stay] = frozenset()
    child: bool | None = None
    trial: bool | None = None
    period: frozenset[Period] = frozenset()

    def holds(self, stay: Stay, period: Period, *, child: bool, trial: bool) -> bool:
        """Tell whether a person of this kind is meant."""
        return (
            (not self.stay or stay in self.stay)
            and (not self.period or period in self.period)
            and self.child in {None, child}
            and self.trial in {None, trial}
        )


@dataclass(frozen=True, slots=True)
class Statement(Rule):
    """A sentence of the law in our own words, by interface language; it always has English."""

    topic: Topic
    when: When
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        """Return the sentence with its places still open."""
        return self.texts.get(language, self.texts[FALLBACK_LANGUAGE])


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Everything the engine knows of the law."""

    version: int
    published: date
    numbers: tuple[NumberRule, ...]
    statements: tuple[Statement, ...]

    def number(self, name: NumberName, on: date, *, child: bool = False) -> tuple[NumberRule, ...]:
        """Return the rules that give this number on a day; two where sources do not agree, the lower one first."""
        found = [each for each in self.numbers if each.rule == name and each.holds_on(on) and each.is_for(child=child)]
        return tuple(sorted(found, key=lambda each: each.value))
