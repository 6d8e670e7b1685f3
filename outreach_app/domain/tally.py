"""A tally: people met without a row each; 134 uses of a meeting place are not 134 people.

Known people among those counted stay on the laptop: a batch holds the count alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many uses or meetings on one shift date in one setting; ``leaflets`` counts copies by language."""

    shift_date: date
    setting: str
    region: str = "unknown"
    group: str = "not_said"
    count: int = 1
    leaflets: Mapping[str, int] = field(default_factory=dict)
    help_given: tuple[str, ...] = ()

    def grown_by(self, other: Tally) -> Tally:
        """Return this tally with another of the same day, setting, region and group added: still one count."""
        languages = {*self.leaflets, *other.leaflets}
        leaflets = {name: self.leaflets.get(name, 0) + other.leaflets.get(name, 0) for name in sorted(languages)}
        helped = tuple(sorted({*self.help_given, *other.help_given}))
        return replace(self, count=self.count + other.count, leaflets=leaflets, help_given=helped)


@dataclass(frozen=True, slots=True)
class UseFigures:
    """What was counted on some days. ``uses`` are those of a meeting place or meetings without a row, never persons.

    ``people`` are the known persons among them, each once; ``coded`` the uses they make up; ``by_group`` the uses of
    each group, as a code of ``tally_groups``.
    """

    uses: int
    people: int
    coded: int
    by_group: Mapping[str, int] = field(default_factory=dict)

    @property
    def uncoded(self) -> int:
        """The uses by people nobody wrote down: how many people they were is not known."""
        return self.uses - self.coded
