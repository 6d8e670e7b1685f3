"""What the pathway engine is asked with: facts a worker keeps about a person, and what letters and decisions say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Stay = Literal["none", "asylum", "legal", "eu", "danish", "unknown"]
AgeSaid = Literal["under_18", "maybe_under_18", "of_age"]
DateName = Literal["first_period_ends", "ask_extension_by", "latest_end", "granted_until", "return_support_ends"]

OF_AGE = 18
OLDEST_AGE = 120
MOST_DAYS = 366  # of one request; more is a slip of the finger
MOST_REQUESTS = 20
LAWFUL: frozenset[Stay] = frozenset({"legal", "eu", "danish"})
WITHOUT_LAWFUL: frozenset[Stay] = frozenset({"none", "asylum"})
_NO_LETTERS: Mapping[DateName, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PathwayFacts:
    """What is known of her; what nobody noted keeps its default.

    ``requested_days`` holds the days of each request in the order in which they were asked for, the first period first.
    """

    stay: Stay = "unknown"
    age: int | AgeSaid | None = None
    in_trial: bool = False
    requested_days: tuple[int, ...] = ()
    return_agreed: bool = False
    special_reasons: bool = False
    returned_on: date | None = None
    return_country: str = ""
    return_partner: str = ""  # a code
    return_risk_assessed: bool = False

    @property
    def maybe_a_child(self) -> bool:
        """Whether the rules for children hold: under 18, or maybe under 18 until somebody knows."""
        return self.age < OF_AGE if isinstance(self.age, int) else self.age in {"under_18", "maybe_under_18"}


@dataclass(frozen=True, slots=True)
class PathwayCase:
    """The facts with what others decided.

    ``on`` is the day whose law is asked for where nothing was decided yet; ``decided_on`` is the date of the decision
    that began her period; ``letters`` are dates from letters of hers, which go before ours.
    """

    facts: PathwayFacts
    on: date
    decided_on: date | None = None
    public_order: bool = False
    letters: Mapping[DateName, date] = field(default_factory=lambda: _NO_LETTERS)
