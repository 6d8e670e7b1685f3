"""When a dimension is positive: the published rule on how many strong, medium and weak indicators are present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from outreach_app.domain.errors import UnknownIndicatorError
from outreach_app.domain.indicator import PHASES, PRESENT, Answer, Catalogue, Dimension, Indicator

Rule = Literal["two_strong", "strong_and_other", "three_medium", "two_medium_and_weak"]
Lack = Literal["any_one", "strong_or_medium", "strong_or_two_with_medium", "strong_or_two_medium", "two_or_three"]


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One dimension: how many present indicators of each strength, and which, in the order of the catalogue."""

    strong: int
    medium: int
    weak: int
    positive: bool
    indicators: tuple[str, ...]


def present_indicators(catalogue: Catalogue, answers: Mapping[str, Answer]) -> tuple[Indicator, ...]:
    """Return the indicators that were observed or told, in the order of the catalogue.

    Raises:
        UnknownIndicatorError: an answer names an indicator that the catalogue does not have.
    """
    known = catalogue.by_id()
    for indicator_id in answers:
        if indicator_id not in known:
            raise UnknownIndicatorError(indicator=indicator_id, profile=catalogue.profile)
    return tuple(indicator for indicator in catalogue.all_signs if answers.get(indicator.id) in PRESENT)


def weigh_dimensions(present: tuple[Indicator, ...]) -> Mapping[Dimension, DimensionResult]:
    """Return the result of every dimension, also of those without any present indicator."""
    return {dimension: _weigh(tuple(sign for sign in present if sign.dimension == dimension)) for dimension in PHASES}


def fired_rule(strong: int, medium: int, weak: int) -> Rule | None:
    """Return which line of the rule makes the dimension positive, the plainest first; None when none does."""
    if strong >= 2:
        return "two_strong"
    if strong == 1 and medium + weak >= 1:
        return "strong_and_other"
    if medium >= 3:
        return "three_medium"
    if medium == 2 and weak >= 1:
        return "two_medium_and_weak"
    return None


def what_is_lacking(strong: int, medium: int, weak: int) -> Lack:
    """Return the least that would make a dimension positive that is not positive yet."""
    if strong + medium + weak == 0:
        return "two_or_three"
    if strong == 1 or (medium == 2 and weak == 0):
        return "any_one"
    if medium == 1:
        return "strong_or_medium" if weak else "strong_or_two_with_medium"
    return "strong_or_two_medium"


def _weigh(present: tuple[Indicator, ...]) -> DimensionResult:
    strengths = [indicator.strength for indicator in present]
    strong, medium, weak = strengths.count("S"), strengths.count("M"), strengths.count("W")
    return DimensionResult(
        strong=strong,
        medium=medium,
        weak=weak,
        positive=fired_rule(strong, medium, weak) is not None,
        indicators=tuple(indicator.id for indicator in present),
    )
