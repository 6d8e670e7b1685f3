"""Indicators: signs of trafficking as published, one catalogue per profile, and how a worker knows of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Profile = Literal["adult_labour", "child_labour", "adult_sexual", "child_sexual"]
Dimension = Literal[
    "deceptive_recruitment",
    "coercive_recruitment",
    "abuse_of_vulnerability_recruitment",
    "exploitation",
    "coercion_at_destination",
    "abuse_of_vulnerability_destination",
]
Strength = Literal["S", "M", "W"]
Phase = Literal["recruitment", "destination"]
Answer = Literal["observed", "told", "told_by_others", "not_present", "not_asked"]

PHASES: Mapping[Dimension, Phase] = MappingProxyType(
    {
        "deceptive_recruitment": "recruitment",
        "coercive_recruitment": "recruitment",
        "abuse_of_vulnerability_recruitment": "recruitment",
        "exploitation": "destination",
        "coercion_at_destination": "destination",
        "abuse_of_vulnerability_destination": "destination",
    }
)
"""The phase of each dimension, in the order in which dimensions are shown."""

ID_PREFIXES: Mapping[Profile, str] = MappingProxyType(
    {"adult_labour": "al", "child_labour": "cl", "adult_sexual": "as", "child_sexual": "cs"}
)
"""An indicator's id is ``prefix.dimension.slug``; the same fact has the same slug in every profile."""

CHILD_PROFILES: frozenset[Profile] = frozenset({"child_labour", "child_sexual"})
LABOUR_PROFILES: frozenset[Profile] = frozenset({"adult_labour", "child_labour"})
PRESENT: frozenset[Answer] = frozenset({"observed", "told", "told_by_others"})
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign. ``fact`` is the published text, kept for checking and never shown; ``labels`` are our own words."""

    id: str
    dimension: Dimension
    strength: Strength
    labels: Mapping[str, str]
    fact: str
    source: str
    confirmed: bool
    retired: bool = False  # no longer offered; still read, and still weighed where it was noted

    @property
    def phase(self) -> Phase:
        """Return when in the person's story the sign belongs."""
        return PHASES[self.dimension]

    def label(self, language: str) -> str:
        """Return our words in ``language``, or else in English."""
        return self.labels.get(language, self.labels[FALLBACK_LANGUAGE])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators of one profile in one version; ids are unique.

    ``provisional`` says that not every published strength is confirmed. ``additions`` are signs named in Danish reports
    that the published list does not have; they weigh as the published sign each is like, and none is confirmed.
    """

    profile: Profile
    version: int
    published: date
    source: str
    provisional: bool
    indicators: tuple[Indicator, ...]
    additions: tuple[Indicator, ...] = ()
    additions_version: int = 0

    @property
    def all_signs(self) -> tuple[Indicator, ...]:
        """Return the published indicators and then the additions."""
        return (*self.indicators, *self.additions)

    def offered(self) -> tuple[Indicator, ...]:
        """Return the signs that a new note may use."""
        return tuple(sign for sign in self.all_signs if not sign.retired)

    def by_id(self) -> Mapping[str, Indicator]:
        """Return every sign by id."""
        return {sign.id: sign for sign in self.all_signs}
