"""What the dimensions add up to: the published table, and "not classified" for every gap in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from outreach_app.domain.indicator import LABOUR_PROFILES, Dimension, Profile

Outcome = Literal[
    "no_dimension_positive",
    "signs_of_trafficking",
    "deception_and_exploitation",
    "labour_rights_case",
    "not_classified_refer",
]

MEANS: frozenset[Dimension] = frozenset(
    {"deceptive_recruitment", "coercive_recruitment", "abuse_of_vulnerability_recruitment"}
)


def classify(profile: Profile, positive: Collection[Dimension], *, as_child: bool) -> Outcome:
    """Return the outcome for the set of positive dimensions."""
    if not positive:
        return "no_dimension_positive"
    if as_child:
        return "signs_of_trafficking" if "exploitation" in positive else "not_classified_refer"
    if "exploitation" not in positive:
        return "not_classified_refer"
    return _classify_exploited_adult(profile, positive)


def _classify_exploited_adult(profile: Profile, positive: Collection[Dimension]) -> Outcome:
    if "coercion_at_destination" in positive and not MEANS.isdisjoint(positive):
        return "signs_of_trafficking"
    if "deceptive_recruitment" in positive:  # and no coercion now, or the line above had answered
        return "deception_and_exploitation"
    if len(positive) == 1 and profile in LABOUR_PROFILES:
        return "labour_rights_case"
    return "not_classified_refer"
