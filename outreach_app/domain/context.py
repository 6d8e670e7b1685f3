"""What the assessment must know about a meeting besides the indicators, and who is treated as a child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outreach_app.domain.indicator import CHILD_PROFILES, Profile

Age = Literal["adult", "maybe_under_18", "under_18", "unknown"]

MAYBE_A_CHILD: frozenset[Age] = frozenset({"under_18", "maybe_under_18"})


@dataclass(frozen=True, slots=True)
class Context:
    """The meeting. What nobody noted is ``unknown``, not selling sex, free to speak, and not exploited.

    ``exploited``: the worker noted a form of exploitation, whichever.
    """

    age: Age = "unknown"
    sells_sex: bool = False
    free_to_speak: bool = True
    exploited: bool = False


def treated_as_child(profile: Profile, context: Context) -> bool:
    """Tell whether the rules for children hold: a child's list, under 18, or maybe under 18 until it is known."""
    return profile in CHILD_PROFILES or context.age in MAYBE_A_CHILD
