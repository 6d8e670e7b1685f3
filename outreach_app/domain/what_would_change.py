"""What would change an assessment: which further signs, and which of those noted it hangs on. Pure; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from outreach_app.domain.assessment import Assessment, assess
from outreach_app.domain.context import Context, treated_as_child
from outreach_app.domain.dimension_rule import Lack, what_is_lacking
from outreach_app.domain.indicator import PRESENT, Answer, Catalogue, Dimension
from outreach_app.domain.outcome import Outcome, classify

ChangeKind = Literal["more", "without", "under_18"]
STRONGEST: Outcome = "signs_of_trafficking"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would give another outcome.

    ``more``: every dimension of ``parts`` would be positive with what it lacks; several are one example of a shortest
    way. ``without``: the ``sign`` that was noted were not so. ``under_18``: the person were, or might be, under 18.
    """

    kind: ChangeKind
    outcome: Outcome
    parts: tuple[tuple[Dimension, Lack], ...] = ()
    sign: str = ""


def what_would_change(
    catalogue: Catalogue, answers: Mapping[str, Answer], context: Context, found: Assessment
) -> tuple[Change, ...]:
    """Return what would change the outcome of ``found``: nearer dimensions first, then age, then single signs.

    Moving freely, or having known of the work, is no sign and so never stands here.

    Raises:
        UnknownIndicatorError: an answer names an indicator that the catalogue does not have.
    """
    return (
        *_by_more_signs(catalogue, context, found),
        *_by_age(catalogue, answers, context, found),
        *_without_a_sign(catalogue, answers, context, found),
    )


def _by_more_signs(catalogue: Catalogue, context: Context, found: Assessment) -> Iterator[Change]:
    """Yield each single dimension that would do, and the shortest way to signs of trafficking where none does alone."""
    positive = frozenset(dimension for dimension, result in found.dimensions.items() if result.positive)
    as_child = treated_as_child(catalogue.profile, context)
    begun_first = sorted(found.dimensions.items(), key=lambda pair: not pair[1].indicators)  # stable: else as listed
    open_ones = [dimension for dimension, result in begun_first if not result.positive]
    reached = {found.outcome}
    for size in range(1, len(open_ones) + 1):
        for group in combinations(open_ones, size):
            outcome = classify(catalogue.profile, positive.union(group), as_child=as_child)
            new = outcome != found.outcome if size == 1 else outcome == STRONGEST and STRONGEST not in reached
            if new:
                reached.add(outcome)
                yield Change("more", outcome, tuple((each, _lacking(found, each)) for each in group))


def _lacking(found: Assessment, dimension: Dimension) -> Lack:
    result = found.dimensions[dimension]
    return what_is_lacking(result.strong, result.medium, result.weak)


def _by_age(
    catalogue: Catalogue, answers: Mapping[str, Answer], context: Context, found: Assessment
) -> Iterator[Change]:
    if treated_as_child(catalogue.profile, context) or context.age == "adult":
        return
    outcome = assess(catalogue, answers, replace(context, age="maybe_under_18")).outcome
    if outcome != found.outcome:
        yield Change("under_18", outcome)


def _without_a_sign(
    catalogue: Catalogue, answers: Mapping[str, Answer], context: Context, found: Assessment
) -> Iterator[Change]:
    for sign, answer in answers.items():
        if answer in PRESENT:
            others = {name: known for name, known in answers.items() if name != sign}
            outcome = assess(catalogue, others, context).outcome
            if outcome != found.outcome:
                yield Change("without", outcome, sign=sign)
