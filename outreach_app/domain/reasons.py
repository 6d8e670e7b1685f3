"""Why an assessment says what it says and what is missing, as codes and ids; ``reason_words`` has the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from outreach_app.domain.alerts import Alert
from outreach_app.domain.dimension_rule import DimensionResult, Lack, Rule, fired_rule, what_is_lacking
from outreach_app.domain.indicator import CHILD_PROFILES, Answer, Dimension, Indicator, Profile, Strength
from outreach_app.domain.outcome import MEANS, Outcome

Note = Literal[
    "child_needs_no_means",
    "use_child_list",
    "missing_means",
    "missing_exploitation",
    "missing_coercion",
    "vulnerability_as_means",
    "not_present_unreliable",
    "proves_nothing",
]
ReasonCode = Rule | Lack | Outcome | Note | Alert

_COUNTED: Mapping[Rule, frozenset[Strength]] = {
    "two_strong": frozenset({"S"}),
    "strong_and_other": frozenset({"S", "M", "W"}),
    "three_medium": frozenset({"M"}),
    "two_medium_and_weak": frozenset({"M", "W"}),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code, the dimension it is about, and the ids of the indicators behind it."""

    code: ReasonCode
    dimension: Dimension | None = None
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the reasons are drawn from."""

    profile: Profile
    as_child: bool
    present: tuple[Indicator, ...]
    answers: Mapping[str, Answer]
    dimensions: Mapping[Dimension, DimensionResult]
    positive: frozenset[Dimension]
    outcome: Outcome
    alerts: tuple[Alert, ...]


def give_reasons(found: Findings) -> tuple[Reason, ...]:
    """Return the reasons in reading order: a child first, and last always that indicators prove nothing."""
    return (
        *_about_age(found),
        *_about_dimensions(found),
        Reason(found.outcome),
        *_about_means(found),
        *_about_gaps(found),
        *_about_doubt(found),
        Reason("proves_nothing"),
    )


def _about_age(found: Findings) -> Iterator[Reason]:
    if "child_act_now" in found.alerts:
        yield Reason("child_act_now")
    if found.as_child:
        yield Reason("child_needs_no_means")
        if found.profile not in CHILD_PROFILES:
            yield Reason("use_child_list")


def _about_dimensions(found: Findings) -> Iterator[Reason]:
    strengths = {indicator.id: indicator.strength for indicator in found.present}
    for dimension, result in found.dimensions.items():
        rule = fired_rule(result.strong, result.medium, result.weak)
        if rule:
            yield Reason(rule, dimension, tuple(i for i in result.indicators if strengths[i] in _COUNTED[rule]))
        elif result.indicators:
            lack = what_is_lacking(result.strong, result.medium, result.weak)
            yield Reason(lack, dimension, result.indicators)


def _about_means(found: Findings) -> Iterator[Reason]:
    only_vulnerability = found.positive & MEANS == {"abuse_of_vulnerability_recruitment"}
    if found.outcome == "signs_of_trafficking" and only_vulnerability and not found.as_child:
        yield Reason("vulnerability_as_means", "abuse_of_vulnerability_recruitment")


def _about_gaps(found: Findings) -> Iterator[Reason]:
    """Name what the published table would still need, so that the worker knows what to ask about."""
    if not found.positive or found.outcome == "signs_of_trafficking":
        return
    if "exploitation" not in found.positive:
        yield Reason("missing_exploitation", "exploitation")
    if found.as_child:
        return
    if MEANS.isdisjoint(found.positive):
        yield Reason("missing_means")
    if "coercion_at_destination" not in found.positive:
        yield Reason("missing_coercion", "coercion_at_destination")


def _about_doubt(found: Findings) -> Iterator[Reason]:
    if "unconfirmed_strengths" in found.alerts:
        unconfirmed = tuple(indicator.id for indicator in found.present if not indicator.confirmed)
        yield Reason("unconfirmed_strengths", indicators=unconfirmed)
    if "hearsay_only" in found.alerts:
        yield Reason("hearsay_only", indicators=tuple(indicator.id for indicator in found.present))
    if "not_free_to_speak" not in found.alerts:
        return
    yield Reason("not_free_to_speak")
    denied = tuple(sorted(sign for sign, answer in found.answers.items() if answer == "not_present"))
    if denied:
        yield Reason("not_present_unreliable", indicators=denied)
