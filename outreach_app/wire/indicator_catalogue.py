"""Reads indicator catalogues, the files in use or newer ones from outside, and writes them as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, NoReturn, get_args

import msgspec

from outreach_app.content import remembered
from outreach_app.domain.indicator import ID_PREFIXES, PHASES, Catalogue, Dimension, Indicator, Phase, Profile, Strength
from outreach_app.i18n import gettext as _
from outreach_app.wire.danish_additions import read_additions, with_additions
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.labels import LabelFields
from outreach_app.wire.shipped import read_current
from outreach_app.wire.strict import read_json

IndicatorId = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}\.[a-z_]{1,40}\.[a-z][a-z0-9_]{0,39}\Z", max_length=64)]
SourceText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class IndicatorFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator of a catalogue file."""

    id: IndicatorId
    dimension: Dimension
    strength: Strength
    phase: Phase
    label: LabelFields
    fact: SourceText
    source: SourceText
    confirmed: bool
    retired: bool = False


class CatalogueFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A catalogue file."""

    profile: Profile
    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    source: SourceText
    provisional: bool
    indicators: Annotated[list[IndicatorFields], msgspec.Meta(min_length=1, max_length=500)]


class IndicatorRow(msgspec.Struct, frozen=True):
    """One row of ``outreach indicators --json``; the names of the fields are a contract."""

    id: str
    profile: Profile
    dimension: Dimension
    strength: Strength
    phase: Phase
    label: str
    fact: str
    source: str
    confirmed: bool


@remembered()
def load_catalogues() -> Mapping[Profile, Catalogue]:
    """Return the catalogues in use by profile, each with the Danish additions beside it.

    Raises:
        FileMissingError, UntrustedDataError: the installation is damaged.
    """
    return read_catalogues(read_current)


def read_catalogues(read: Callable[[str], bytes]) -> Mapping[Profile, Catalogue]:
    """Return the catalogues of all profiles, each with the Danish additions; ``read`` gives a file by its name.

    Raises:
        UntrustedDataError: as ``read_catalogue``, or a file holds the list of another profile.
    """
    catalogues = {name: read_catalogue(read(f"indicators/{name}.json")) for name in get_args(Profile)}
    for name, catalogue in catalogues.items():
        if catalogue.profile != name:
            _refuse("$.profile", f"the file of {name} holds {catalogue.profile}")
    additions = read_additions(read("indicators/danish_additions.json"))
    return MappingProxyType({name: with_additions(each, additions) for name, each in catalogues.items()})


class CataloguesInUse(Mapping[Profile, Catalogue]):
    """The catalogues in use at the moment they are asked for: whoever holds this holds no old list."""

    def __getitem__(self, profile: Profile) -> Catalogue:
        """Return the catalogue of a profile."""
        return load_catalogues()[profile]

    def __iter__(self) -> Iterator[Profile]:
        """Yield the profiles."""
        return iter(load_catalogues())

    def __len__(self) -> int:
        """Return how many profiles there are."""
        return len(load_catalogues())


def read_catalogue(untrusted: bytes | str) -> Catalogue:
    """Return the catalogue written in ``untrusted``.

    Raises:
        DataTooLargeError: larger than anything this program makes.
        UntrustedDataError: a wrong shape, an unknown strength, an id twice or out of place; names the field.
    """
    fields = read_json(untrusted, CatalogueFields, what=_("The indicator list"))
    _check_entries(fields)
    return Catalogue(
        profile=fields.profile,
        version=fields.version,
        published=fields.published,
        source=fields.source,
        provisional=fields.provisional,
        indicators=tuple(_indicator(entry) for entry in fields.indicators),
    )


def indicator_rows(catalogues: Iterable[Catalogue], language: str, *, additions: bool = False) -> list[IndicatorRow]:
    """Return every published indicator as a row with its label in ``language``, in the order of the catalogues.

    With ``additions`` the Danish additions follow those of each catalogue.
    """
    return [
        IndicatorRow(
            id=indicator.id,
            profile=catalogue.profile,
            dimension=indicator.dimension,
            strength=indicator.strength,
            phase=indicator.phase,
            label=indicator.label(language),
            fact=indicator.fact,
            source=indicator.source,
            confirmed=indicator.confirmed,
        )
        for catalogue in catalogues
        for indicator in (catalogue.all_signs if additions else catalogue.indicators)
    ]


def _check_entries(fields: CatalogueFields) -> None:
    seen: set[str] = set()
    for place, entry in enumerate(fields.indicators):
        where = f"$.indicators[{place}]"
        if entry.id in seen:
            _refuse(f"{where}.id", "given twice")
        seen.add(entry.id)
        if not entry.id.startswith(f"{ID_PREFIXES[fields.profile]}.{entry.dimension}."):
            _refuse(f"{where}.id", "does not begin with its profile and dimension")
        if entry.phase != PHASES[entry.dimension]:
            _refuse(f"{where}.phase", "does not fit the dimension")
        if not entry.confirmed and not fields.provisional:
            _refuse(f"{where}.confirmed", "not confirmed, but the list is not marked provisional")


def _indicator(entry: IndicatorFields) -> Indicator:
    return Indicator(
        id=entry.id,
        dimension=entry.dimension,
        strength=entry.strength,
        labels=entry.label.by_language(),
        fact=entry.fact,
        source=entry.source,
        confirmed=entry.confirmed,
        retired=entry.retired,
    )


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The indicator list"), field=field, reason=reason)
