"""What would change an assessment, as sentences in the interface language."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.domain.assessment_words import dimension_name, outcome_name
from outreach_app.domain.dimension_rule import Lack
from outreach_app.domain.indicator import Catalogue
from outreach_app.domain.what_would_change import Change
from outreach_app.i18n import N_, language
from outreach_app.i18n import gettext as _

_LACKING: Mapping[Lack, str] = {
    "any_one": N_("one more sign of any strength"),
    "strong_or_medium": N_("one more strong or medium sign"),
    "strong_or_two_with_medium": N_("one strong sign, or two with a medium one among them"),
    "strong_or_two_medium": N_("one strong sign or two medium signs"),
    "two_or_three": N_("two signs with a strong one among them, or three with two medium ones"),
}
_MORE = N_("{parts} would give “{outcome}”.")
_TOGETHER = N_("For “{outcome}” it would take several groups, for example: {parts}.")
_UNDER_18 = N_("If the person may be under 18, it would be “{outcome}”.")
_WITHOUT = N_("Without “{sign}” it would be “{outcome}”.")


def change_sentence(change: Change, catalogue: Catalogue) -> str:
    """Return one sentence for one change."""
    outcome = outcome_name(change.outcome)
    parts = "; ".join(f"{dimension_name(dimension)}: {_(_LACKING[lack])}" for dimension, lack in change.parts)
    if parts:
        return _(_TOGETHER if len(change.parts) > 1 else _MORE).format(parts=parts, outcome=outcome)
    if change.kind == "under_18":
        return _(_UNDER_18).format(outcome=outcome)
    return _(_WITHOUT).format(sign=catalogue.by_id()[change.sign].label(language()), outcome=outcome)
