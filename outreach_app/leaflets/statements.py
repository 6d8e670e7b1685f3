"""Statements, sections and pictograms: what a sheet says, and which fact each statement rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_LISTS = ("facts", "groups", "not_groups")


@dataclass(frozen=True)
class Statement:
    """One thing a sheet says: a fact with its sources, or practical advice that claims nothing.

    ``as_of`` is the year or day of the fact. ``entry`` names the entry of the directory whose confirmation counts;
    a statement with a ``promise`` stands only while that entry makes it. Without ``groups`` it is for everybody but
    ``not_groups``.
    """

    text: str
    facts: tuple[str, ...] = ()
    confirmed: bool = False
    as_of: str = ""
    advice: bool = False
    entry: str = ""
    promise: str = ""
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()

    def is_for(self, group: str) -> bool:
        """Tell whether the statement holds for ``group``."""
        return _is_for(self, group)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``picture`` names a pictogram, ``places`` kinds of entries to list.

    ``region_places`` are kinds that are listed, too, where a region is asked for: for the whole country there are many.
    """

    heading: str
    statements: tuple[Statement, ...]
    picture: str = ""
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    region_places: tuple[str, ...] = ()

    def places_in(self, region: str) -> tuple[str, ...]:
        """Return the kinds of entries to list for ``region`` (empty: the whole country)."""
        return (*self.places, *self.region_places) if region else self.places


@dataclass(frozen=True)
class Pictogram:
    """A drawing and the few words under it; without ``groups`` for everybody but ``not_groups``."""

    picture: str
    caption: str
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()

    def is_for(self, group: str) -> bool:
        """Tell whether ``group`` is shown it."""
        return _is_for(self, group)


def _is_for(part: Statement | Pictogram, group: str) -> bool:
    return (not part.groups or group in part.groups) and group not in part.not_groups


def pictograms_of(rows: Iterable[Mapping[str, Any]], group: str = "") -> tuple[Pictogram, ...]:
    """Return the pictograms of ``rows`` that are for ``group``; raises TypeError for a damaged row."""
    return tuple(each for each in (Pictogram(**_fields(row)) for row in rows) if each.is_for(group))


def statements_of(rows: Iterable[Mapping[str, Any]], group: str = "") -> tuple[Statement, ...]:
    """Return the statements of ``rows`` that are for ``group``; raises TypeError for a damaged row."""
    return tuple(each for each in (Statement(**_fields(row)) for row in rows) if each.is_for(group))


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name in _LISTS else value for name, value in row.items()}


def section_of(row: Mapping[str, Any], group: str = "") -> Section:
    """Return the section in ``row`` as ``group`` reads it."""
    return Section(
        heading=row["heading"],
        statements=statements_of(row["statements"], group),
        picture=row.get("picture", ""),
        places=tuple(row.get("places", ())),
        groups=tuple(row.get("groups", ())),
        region_places=tuple(row.get("region_places", ())),
    )
