"""What would change an assessment: which further signs, and which of those noted it hangs on. Pure; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from outreach_app.domain.assessment import Assessment, assess
from outreach_app.domain.context import Context, treated_as_child
from outreach_app.domain.dimension_rule import Lack, what_is_lacking
from outreach_app.domain.indicator import PRESENT, Answer, Catalogue, Dimension
from outreach_app.domain.outcome import Outcome, classify

ChangeKind = Literal["more", "without", "under_18"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would give another outcome.

    ``more``: the dimension would be positive with what is ``lacking``. ``without``: the ``sign`` that was noted were
    not so. ``under_18``: the person were, or might be, under 18.
    """

    kind: ChangeKind
    outcome: Outcome
    dimension: Dimension | None = None
    lacking: Lack | None = None
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
    positive = frozenset(dimension for dimension, result in found.dimensions.items() if result.positive)
    as_child = treated_as_child(catalogue.profile, context)
    begun_first = sorted(found.dimensions.items(), key=lambda pair: not pair[1].indicators)  # stable: else as listed
    for dimension, result in begun_first:
        if result.positive:
            continue
        outcome = classify(catalogue.profile, positive | {dimension}, as_child=as_child)
        if outcome != found.outcome:
            lacking = what_is_lacking(result.strong, result.medium, result.weak)
            yield Change("more", outcome, dimension, lacking)


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
