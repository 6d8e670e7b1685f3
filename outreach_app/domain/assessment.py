"""The assessment: what the indicators of one meeting add up to, with its reasons. Never a verdict about a person.

The rules, each in one place:
- a dimension is positive by the published count of strong, medium and weak indicators (``dimension_rule``);
- the outcome follows the published table; what the table leaves open is "not classified: refer" (``outcome``);
- for a child, or someone who may be one, no means of recruitment are needed (``context``, ``outcome``);
- alerts stand beside the outcome and never change it (``alerts``);
- ``observed``, ``told`` and ``told_by_others`` count as present; ``not_present`` and ``not_asked`` change nothing;
- any unconfirmed strength that was used makes the assessment provisional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from outreach_app.domain.alerts import Alert, raise_alerts
from outreach_app.domain.context import Context, treated_as_child
from outreach_app.domain.dimension_rule import DimensionResult, present_indicators, weigh_dimensions
from outreach_app.domain.indicator import Answer, Catalogue, Dimension
from outreach_app.domain.outcome import Outcome, classify
from outreach_app.domain.reasons import Findings, Reason, give_reasons


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the indicators add up to. ``dimensions`` has every dimension; the last reason is always the same caution."""

    dimensions: Mapping[Dimension, DimensionResult]
    outcome: Outcome
    provisional: bool
    alerts: tuple[Alert, ...]
    reasons: tuple[Reason, ...]


def assess(catalogue: Catalogue, answers: Mapping[str, Answer], context: Context) -> Assessment:
    """Return what ``answers`` (indicator id -> how it is known) add up to under the rules of ``catalogue``.

    Raises:
        UnknownIndicatorError: an answer names an indicator that the catalogue does not have.
    """
    present = present_indicators(catalogue, answers)
    dimensions = weigh_dimensions(present)
    positive = frozenset(dimension for dimension, result in dimensions.items() if result.positive)
    as_child = treated_as_child(catalogue.profile, context)
    outcome = classify(catalogue.profile, positive, as_child=as_child)
    alerts = raise_alerts(present, answers, context, as_child=as_child)
    found = Findings(catalogue.profile, as_child, present, answers, dimensions, positive, outcome, alerts)
    return Assessment(
        dimensions=MappingProxyType(dict(dimensions)),
        outcome=outcome,
        provisional=any(not indicator.confirmed for indicator in present),
        alerts=alerts,
        reasons=give_reasons(found),
    )
