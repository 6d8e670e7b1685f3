"""What a worker has to know before printing: entries a sheet needs that are missing, unconfirmed or too old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import HOTLINE, Directory, Entry, kind_name

Problem = Literal["sheet_absent", "left_out", "none_here", "not_known", "unconfirmed", "stale"]
_FIELDS = {"address": N_("address"), "hours": N_("hours"), "number": N_("number")}


@dataclass(frozen=True, slots=True)
class Needs:
    """What one sheet takes from the directory, by id or kind of entry.

    Without what is ``required`` the sheet is not printed; without what is ``used`` a statement is left out. ``places``
    are kinds of which all entries of the ``region`` (empty: everywhere) are listed.
    """

    required: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to know, as a sentence in the interface language; ``entry`` is an id, or a kind if there is none."""

    entry: str
    problem: Problem
    sentence: str


def directory_faults(directory: Directory, needs: Needs, day: date) -> tuple[Fault, ...]:
    """Return what is missing or doubtful on ``day`` for a sheet with these ``needs``, the gravest first."""
    named = [directory.entry(wanted) for wanted in needs.required + needs.used if directory.has(wanted)]
    places = directory.places(needs.places, needs.region)
    doubtful = dict.fromkeys(entry.id for entry in (*named, *places))
    return (
        *_missing(directory, needs),
        *(_not_known(place) for place in places if _unknown_fields(place)),
        *(fault for entry in doubtful for fault in _doubts(directory.entry(entry), day)),
    )


def _missing(directory: Directory, needs: Needs) -> Iterator[Fault]:
    for wanted in needs.required:
        if not directory.has(wanted):
            sentence = _("This leaflet is not printed until the centre adds to the list: {name}.")
            yield Fault(wanted, "sheet_absent", sentence.format(name=kind_name(wanted)))
    for wanted in needs.used:
        if not directory.has(wanted):
            sentence = _("Not in the list of help and places: {name}. The leaflet leaves out what it says of it.")
            yield Fault(wanted, "left_out", sentence.format(name=kind_name(wanted)))
    for kind in needs.places:
        if not directory.places((kind,), needs.region):
            sentence = _("Not in the list for this region: {name}. The leaflet names none.")
            yield Fault(kind, "none_here", sentence.format(name=kind_name(kind)))


def _unknown_fields(place: Entry) -> tuple[str, ...]:
    known = {"address": bool(place.address), "hours": place.hours.known, "number": bool(place.number)}
    return tuple(field for field, told in known.items() if not told)


def _not_known(place: Entry) -> Fault:
    fields = ", ".join(_(_FIELDS[field]) for field in _unknown_fields(place))
    sentence = _("Not known of “{name}”: {fields}. Tell the person what you know, or to call the help line and ask.")
    return Fault(place.id, "not_known", sentence.format(name=place.name, fields=fields))


def _doubts(entry: Entry, day: date) -> Iterator[Fault]:
    if not entry.confirmed and entry.id == HOTLINE:
        sentence = _("The hours of the help line are from {date} and not confirmed.")
        yield Fault(entry.id, "unconfirmed", sentence.format(date=entry.as_of))
    elif not entry.confirmed:
        sentence = _("What the list says of “{name}” is from {date} and not confirmed.")
        yield Fault(entry.id, "unconfirmed", sentence.format(name=entry.name, date=entry.as_of))
    elif entry.is_stale(day):
        sentence = _("What the list says of “{name}” is from {date}, which is long ago. Check it before you print.")
        yield Fault(entry.id, "stale", sentence.format(name=entry.name, date=entry.as_of))
