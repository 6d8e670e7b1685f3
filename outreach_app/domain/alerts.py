"""What stands beside the outcome, whatever the indicators add up to: a child first, and how sure we can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from outreach_app.domain.context import Context
from outreach_app.domain.indicator import Answer, Indicator

Alert = Literal["child_act_now", "unconfirmed_strengths", "hearsay_only", "not_free_to_speak"]


def raise_alerts(
    present: tuple[Indicator, ...], answers: Mapping[str, Answer], context: Context, *, as_child: bool
) -> tuple[Alert, ...]:
    """Return the alerts in the order in which they are shown."""
    raised: Mapping[Alert, bool] = {
        "child_act_now": as_child and _child_in_danger(present, context),
        "unconfirmed_strengths": any(not indicator.confirmed for indicator in present),
        "hearsay_only": bool(present) and all(answers[sign.id] == "told_by_others" for sign in present),
        "not_free_to_speak": not context.free_to_speak,
    }
    return tuple(alert for alert, holds in raised.items() if holds)


def _child_in_danger(present: tuple[Indicator, ...], context: Context) -> bool:
    """Any form of exploitation, one sign of it or one strong sign is enough; the dimension need not be positive."""
    alarming = context.sells_sex or context.exploited
    return alarming or any(sign.dimension == "exploitation" or sign.strength == "S" for sign in present)
