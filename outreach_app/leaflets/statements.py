"""Statements, sections and pictograms: what a sheet says, and which fact each statement rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Statement:
    """One thing a sheet says: a fact with its sources, or practical advice that claims nothing.

    ``as_of`` is the year or day of the fact. ``entry`` names the entry of the directory whose confirmation counts.
    Without ``groups`` it is for everybody but ``not_groups``.
    """

    text: str
    facts: tuple[str, ...] = ()
    confirmed: bool = False
    as_of: str = ""
    advice: bool = False
    entry: str = ""
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()

    def is_for(self, group: str) -> bool:
        """Tell whether the statement holds for ``group``."""
        return (not self.groups or group in self.groups) and group not in self.not_groups


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``picture`` names a pictogram, ``places`` kinds of entries to list."""

    heading: str
    statements: tuple[Statement, ...]
    picture: str = ""
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pictogram:
    """A drawing and the few words under it."""

    picture: str
    caption: str


def pictograms_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Pictogram, ...]:
    """Return the pictograms of ``rows``; raises KeyError or TypeError for a damaged row."""
    return tuple(Pictogram(row["picture"], row["caption"]) for row in rows)


def statements_of(rows: Iterable[Mapping[str, Any]], group: str = "") -> tuple[Statement, ...]:
    """Return the statements of ``rows`` that are for ``group``; raises KeyError or TypeError for a damaged row."""
    lists = ("facts", "groups", "not_groups")
    found: list[Statement] = []
    for row in rows:
        fields: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in row.items()}
        found.append(Statement(**fields))
    return tuple(statement for statement in found if statement.is_for(group))


def section_of(row: Mapping[str, Any], group: str = "") -> Section:
    """Return the section in ``row`` as ``group`` reads it."""
    return Section(
        heading=row["heading"],
        statements=statements_of(row["statements"], group),
        picture=row.get("picture", ""),
        places=tuple(row.get("places", ())),
        groups=tuple(row.get("groups", ())),
    )
