"""A second view of a meeting: traits the centre often sees, red flags of technology. It changes no assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

TraitGroup = Literal["common", "technology"]
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Trait:
    """One trait. ``confirmed`` says that the source names it in so many words."""

    code: str
    group: TraitGroup
    labels: Mapping[str, str]
    source: str
    confirmed: bool
    retired: bool = False

    def label(self, language: str) -> str:
        """Return its words in ``language``, or else in English."""
        return self.labels.get(language, self.labels[FALLBACK_LANGUAGE])


@dataclass(frozen=True, slots=True)
class Traits:
    """All traits of one version, in the order in which they are offered; codes are unique."""

    version: int
    published: date
    traits: tuple[Trait, ...]

    def has(self, code: str) -> bool:
        """Tell whether the list has or once had ``code``."""
        return any(trait.code == code for trait in self.traits)

    def label(self, code: str, language: str) -> str:
        """Return the words of a trait; one that this list does not have is shown by its code."""
        return next((trait.label(language) for trait in self.traits if trait.code == code), code)

    def offered(self) -> tuple[Trait, ...]:
        """Return the traits that a new note may use."""
        return tuple(trait for trait in self.traits if not trait.retired)
