"""Whom to call and where to go: the entries of the directory, how sure they are, and when they become too old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, get_args

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.hours_words import hours_words
from outreach_app.leaflets.directory.opening import FIRST_WEEKEND_DAY, NOT_TOLD, Hours, OpeningHours
from outreach_app.leaflets.errors import DirectoryMissingError

Kind = Literal["hotline", "emergency", "meeting_place", "clinic", "partner", "controller"]
Promise = Literal["free", "anonymous"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PROMISES: tuple[Promise, ...] = get_args(Promise)
HOTLINE, EMERGENCY, CONTROLLER = "hotline", "emergency", "controller"
LINES = (HOTLINE, EMERGENCY)
PLACES = ("meeting_place", "clinic", "partner")
KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        "hotline": N_("Help line"),
        "emergency": N_("Emergency"),
        "meeting_place": N_("Meeting place"),
        "clinic": N_("Clinic"),
        "partner": N_("Partner"),
        "controller": N_("Who is responsible for the data"),
    }
)
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line, place or organisation. A text that nobody has told is empty.

    ``regions`` are codes of the code list, none for the whole country. ``promises`` are what this service, and no
    other, may be said to be. ``as_of`` is the year, month or day of the source; what is not ``confirmed`` is shown as
    such. ``stale_after_months`` is None for what does not age.
    """

    id: str
    kind: Kind
    own_name: str = ""
    regions: tuple[str, ...] = ()
    address: str = ""
    number: str = ""
    other_numbers: tuple[str, ...] = ()
    email: str = ""
    web: str = ""
    hours: OpeningHours = NOT_TOLD
    languages: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    note: str = ""
    source: str
    as_of: str
    confirmed: bool
    stale_after_months: int | None

    @property
    def name(self) -> str:
        """Return its own name, or what kind of entry it is in the interface language."""
        return self.own_name or _(KIND_NAMES[self.kind])

    @property
    def always_open(self) -> bool:
        """Tell whether somebody answers day and night."""
        return self.hours.always

    @property
    def hours_text(self) -> str:
        """Return the opening hours in the interface language, empty if nobody has told them."""
        return hours_words(self.hours)

    @property
    def dialled(self) -> str:
        """Return the number as a telephone dials it."""
        return self.number.replace(" ", "")

    def is_in(self, region: str) -> bool:
        """Tell whether it serves ``region``; an empty region is the whole country, which everything serves."""
        return not region or not self.regions or region in self.regions

    def is_stale(self, day: date) -> bool:
        """Tell whether on ``day`` it is older than it may be; a year counts from its last day, a month from its end."""
        if self.stale_after_months is None:
            return False
        year, month = (int(part) for part in (self.as_of + "-12").split("-")[:2])
        months = day.year * _MONTHS + day.month - (year * _MONTHS + month)
        return months > self.stale_after_months


class HelpLine(Entry):
    """A line that leaflets print on their first page: it has a number, and hours for weekdays and for weekends."""

    @property
    def weekdays(self) -> Hours:
        """Return its hours from Monday to Friday."""
        return self.hours.on(0)[0]

    @property
    def weekends(self) -> Hours:
        """Return its hours on Saturdays, Sundays and public holidays."""
        return self.hours.on(FIRST_WEEKEND_DAY)[0]


@dataclass(frozen=True)
class Directory:
    """All entries in the order they are shown. ``version`` grows with each change, ``published`` is its ISO date."""

    entries: tuple[Entry, ...]
    version: int = 1
    published: str = ""

    @property
    def lines(self) -> tuple[HelpLine, ...]:
        """Return the help line and the emergency number."""
        return tuple(entry for entry in self.entries if isinstance(entry, HelpLine))

    def line(self, line_id: str) -> HelpLine:
        """Return the line with this id; raises DirectoryMissingError."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise DirectoryMissingError(entry=line_id)

    def has(self, wanted: str) -> bool:
        """Tell whether there is an entry of this id or kind."""
        return any(wanted in {entry.id, entry.kind} for entry in self.entries)

    def entry(self, wanted: str) -> Entry:
        """Return the entry with this id, or else the first of this kind; raises DirectoryMissingError."""
        by_id = [entry for entry in self.entries if entry.id == wanted]
        for entry in by_id or [entry for entry in self.entries if entry.kind == wanted]:
            return entry
        raise DirectoryMissingError(entry=wanted)

    def places(self, kinds: Iterable[str] = PLACES, region: str = "") -> tuple[Entry, ...]:
        """Return the entries of ``kinds`` that serve ``region``; those of one region before those of the country."""
        wanted = tuple(kinds)
        found = [entry for entry in self.entries if entry.kind in wanted and entry.is_in(region)]
        return tuple(sorted(found, key=lambda entry: (wanted.index(entry.kind), not entry.regions)))


def kind_name(wanted: str) -> str:
    """Return what a kind of entry is called in the interface language; an id of an entry stays as it is."""
    return next((_(name) for kind, name in KIND_NAMES.items() if kind == wanted), wanted)


def is_open(entry: Entry, local: datetime) -> bool:
    """Tell whether somebody is there at ``local``, the time in Denmark.

    The program knows no public holidays: on one, a weekday's hours may be promised too generously, so
    whoever shows the answer also shows ``hours_text``, which names them.
    """
    return entry.hours.open_at(local)
