"""Help lines and places as rows of words: hours, open now or not, how old and how sure, and what nobody knows."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, language, locale
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.domain.code_lists import CodeList
    from outreach_app.leaflets.directory import Entry

_PROMISES = {"free": N_("costs nothing"), "anonymous": N_("no name needed")}


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One line or place. ``lines`` are words with their tone; ``source`` says where they come from."""

    name: str
    number: str
    lines: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class HelpRows:
    """The two numbers, and the places by the name of their region, those of the whole country last."""

    lines: tuple[HelpRow, ...]
    places: tuple[tuple[str, tuple[HelpRow, ...]], ...]


def read_help_rows(regions: CodeList, local: datetime) -> HelpRows:
    """Return all rows as of ``local``, the time in Denmark; imported here so that the window starts without them."""
    directory = importlib.import_module("outreach_app.leaflets.directory").help_lines()
    places = directory.places()
    groups = [
        (regions.label(code.code, language()), [place for place in places if code.code in place.regions])
        for code in regions.codes
    ]
    elsewhere = [place for place in places if not any(regions.has(region) for region in place.regions)]
    return HelpRows(
        tuple(_line_row(line, local) for line in directory.lines),
        tuple(_group(name, found, local) for name, found in [*groups, (_("Whole country"), elsewhere)] if found),
    )


def _group(name: str, places: Sequence[Entry], local: datetime) -> tuple[str, tuple[HelpRow, ...]]:
    return name, tuple(_place_row(place, local) for place in places)


def _line_row(line: Entry, local: datetime) -> HelpRow:
    lines = (*_other_numbers(line), *_hours(line, local), *_spoken(line), *_age(line, local))
    return HelpRow(line.name, line.number, lines, line.source)


def _place_row(place: Entry, local: datetime) -> HelpRow:
    kinds = importlib.import_module("outreach_app.leaflets.directory.entries").KIND_NAMES
    first = " · ".join((_(kinds[place.kind]), *(_(_PROMISES[promise]) for promise in place.promises)))
    told = [(isolated(words), "") for words in (place.address, *place.other_numbers, place.email, place.web) if words]
    note = [(isolated(place.note), "muted")] if place.note else []
    known = (*told, *_hours(place, local), *_spoken(place), *note)
    lines = ((first, "muted"), *known, *_not_known(place), *_age(place, local))
    return HelpRow(isolated(place.name), place.number, lines, place.source)


def _other_numbers(line: Entry) -> Iterator[tuple[str, str]]:
    """Return what the centre's texts say where they differ and the vault, still locked, has not vouched for them."""
    for number in line.other_numbers:
        told = _("The centre's newest texts here say {number}. Unlock to be sure.")
        yield told.format(number=isolated(number)), "notice"


def _hours(entry: Entry, local: datetime) -> Iterator[tuple[str, str]]:
    if entry.hours_text:
        yield entry.hours_text, ""
    if entry.hours.days and not entry.always_open:
        yield (_("open now"), "calm") if entry.hours.open_at(local) else (_("closed now"), "notice")


def _spoken(entry: Entry) -> Iterator[tuple[str, str]]:
    """Return the languages by their names in the interface language."""
    names = locale().languages
    if entry.languages:
        yield ", ".join(str(names.get(code.replace("-", "_"), code)) for code in entry.languages), "muted"


def _not_known(place: Entry) -> Iterator[tuple[str, str]]:
    told = {_("address"): place.address, _("hours"): place.hours.known, _("number"): place.number}
    lacking = ", ".join(name for name, known in told.items() if not known)
    if lacking:
        yield _("Not known: {fields}. Ask before you send somebody there.").format(fields=lacking), ""


def _age(entry: Entry, local: datetime) -> Iterator[tuple[str, str]]:
    if not entry.confirmed:
        yield _("As of {date}; not confirmed since.").format(date=entry.as_of), "notice"
    elif entry.is_stale(local.date()):
        yield _("As of {date}, which is long ago; ask whether it still holds.").format(date=entry.as_of), "notice"
    elif entry.stale_after_months is not None:
        yield _("Confirmed, as of {date}.").format(date=entry.as_of), "muted"
