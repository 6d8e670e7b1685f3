"""The assessment of an encounter, and the short form of it that is frozen into each version of a note."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from outreach_app.domain.assessment import Assessment, assess
from outreach_app.domain.context import Context
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import Catalogue, Profile

NO_FORM_NOTED = frozenset({"", "not_stated"})


@dataclass(frozen=True, slots=True)
class FrozenAssessment:
    """An assessment as it stood, in codes, with the catalogue it was made with."""

    profile: str
    catalogue: str
    outcome: str
    provisional: bool
    alerts: tuple[str, ...]
    additions: str = ""  # version of the Danish additions it was made with; '' of before there were any
    code_lists: int = 0  # version of the code lists; 0 of before it was kept


def context_of(content: Encounter) -> Context:
    """Return what the rules must know about the meeting besides its signs."""
    return Context(
        age=content.age_for_rules, sells_sex=content.sells_sex or content.exploitation in {"sexual", "both"},
        free_to_speak=content.free_to_speak, exploited=content.exploitation not in NO_FORM_NOTED,
    )  # fmt: skip


def assess_encounter(content: Encounter, catalogues: Mapping[Profile, Catalogue]) -> Assessment:
    """Return what the indicators of this encounter add up to.

    Raises:
        UnknownIndicatorError: an answer names an indicator the profile's catalogue does not have.
    """
    return assess(catalogues[content.profile], content.answers, context_of(content))


def calls_for_child(content: Encounter, alerts: Collection[str]) -> bool:
    """Tell whether a child is to be helped at once and the note says of nobody who was called."""
    return content.hand_over is None and "child_act_now" in alerts


def freeze_assessment(
    content: Encounter, catalogues: Mapping[Profile, Catalogue], code_lists: int = 0
) -> FrozenAssessment:
    """Return the short form that is kept with a version; ``code_lists`` is the version of the code lists."""
    catalogue = catalogues[content.profile]
    found = assess_encounter(content, catalogues)
    additions = f"danish_additions/{catalogue.additions_version}" if catalogue.additions else ""
    return FrozenAssessment(
        content.profile, f"{catalogue.profile}/{catalogue.version}", found.outcome, found.provisional, found.alerts,
        additions, code_lists,
    )  # fmt: skip
