"""What the pathway engine is asked with: facts a worker keeps about a person, and what letters and decisions say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

Stay = Literal["none", "asylum", "legal", "eu", "danish", "unknown"]
AgeSaid = Literal["under_18", "maybe_under_18", "of_age"]
DateName = Literal["first_period_ends", "ask_extension_by", "latest_end", "granted_until", "return_support_ends"]
WatchedDate = DateName | Literal["letter_missing"]
"""What somebody has to keep in mind: a date, or that only her letter can say one."""

OF_AGE = 18
OLDEST_AGE = 120
MOST_DAYS = 366  # of one request; more is a slip of the finger
MOST_REQUESTS = 20
LAWFUL: frozenset[Stay] = frozenset({"legal", "eu", "danish"})
WITHOUT_LAWFUL: frozenset[Stay] = frozenset({"none", "asylum"})
AGE_OF_BANDS: Mapping[str, AgeSaid] = MappingProxyType({
    "under_15": "under_18", "15_17": "under_18", "maybe_under_18": "maybe_under_18", "18_24": "of_age",
    "25_34": "of_age", "35_44": "of_age", "45_plus": "of_age",
})  # fmt: skip
"""What the age bands of a note say about being a child."""
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
    that began her period; ``letters`` are dates from letters of hers, which go before ours. ``answers`` tell of the
    requests in their order which were granted, one without an answer was not; None: all of them were.
    """

    facts: PathwayFacts
    on: date
    decided_on: date | None = None
    public_order: bool = False
    letters: Mapping[DateName, date] = field(default_factory=lambda: _NO_LETTERS)
    answers: tuple[bool, ...] | None = None

    @property
    def granted_days(self) -> tuple[int, ...]:
        """The days of each request that was granted."""
        asked = self.facts.requested_days
        answers = (True,) * len(asked) if self.answers is None else self.answers
        return tuple(days for days, granted in zip(asked, answers, strict=False) if granted)

    @property
    def may_be_longer(self) -> bool:
        """Whether more than the first period may have been granted."""
        return self.answers is None or any(self.answers[1:])


def facts_noted(noted: Iterable[tuple[str, int | None, str]]) -> PathwayFacts:
    """Return what her notes say, as a beginning: of each fact the newest that says something.

    Args:
        noted: stay, age and age band of each note, the newest first.
    """
    rows = tuple(noted)
    stays = (stay for stay, _age, _band in rows if stay != "unknown")
    ages = (age if age is not None else AGE_OF_BANDS.get(band) for _stay, age, band in rows if age is not None or band)
    stay = next(stays, "unknown")
    return PathwayFacts(next((each for each in get_args(Stay) if each == stay), "unknown"), next(ages, None))
