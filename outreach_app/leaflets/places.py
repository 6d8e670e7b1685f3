"""Places to go to as lines ready to be printed under a heading, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from outreach_app.leaflets.directory import HOTLINE, Directory, Entry, Hours
from outreach_app.leaflets.directory.opening import DAYS, WEEKDAYS, WEEKENDS
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.placeholders import breakable, isolated, language_names, locale_of, set_apart

_GROUPS = {WEEKDAYS: "hours_weekdays", WEEKENDS: "hours_weekends"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its name, which is not translated, and what is known of it; what is not known is a line to ask.

    The name of a place that nobody confirmed is followed by the date of what is told of it.
    """

    name: str
    lines: tuple[str, ...]
    confirmed: bool


def places_for(
    directory: Directory, kinds: Iterable[str], region: str, language: Language, labels: Mapping[str, str]
) -> tuple[Place, ...]:
    """Return the places of ``kinds`` in ``region`` (empty: everywhere), those of the region first.

    ``labels`` are the shared texts for places in ``language``, by name, their places still open.
    """
    writer = _Writer(directory, language, labels)
    return tuple(
        Place(_named(entry), tuple(writer.lines(entry)), entry.confirmed) for entry in directory.places(kinds, region)
    )


def _named(entry: Entry) -> str:
    name = set_apart(entry.name)
    return name if entry.confirmed else f"{name} ({isolated(entry.as_of)})"


class _Writer:
    def __init__(self, directory: Directory, language: Language, labels: Mapping[str, str]) -> None:
        self._hotline = isolated(directory.line(HOTLINE).number)
        self._language = language
        self._labels = labels

    def lines(self, entry: Entry) -> Iterator[str]:
        yield from (self._labels[promise] for promise in entry.promises)
        if entry.address:
            yield set_apart(entry.address)
        yield from self._hours(entry)
        for number in (entry.number, *entry.other_numbers):
            if number:
                yield self._labels["phone"].format(phone=isolated(number))
        yield from (isolated(breakable(way)) for way in (entry.email, entry.web) if way)
        if entry.languages:
            yield self._labels["languages"].format(languages=language_names(entry.languages, self._language))
        if not entry.number and not (entry.address and entry.hours.known):
            yield self._labels["ask"].format(hotline=self._hotline)

    def _hours(self, entry: Entry) -> Iterator[str]:
        hours = entry.hours
        if hours.always:
            yield self._labels["always_open"]
            return
        opened = [(first, last, span) for first, last, spans in hours.runs() for span in spans]
        yield from (self._day_line(first, last, span) for first, last, span in opened)
        if hours.days and not opened:
            yield self._labels["closed"]
        if hours.by_appointment:
            yield self._labels["by_appointment"]

    def _day_line(self, first: str, last: str, span: Hours) -> str:
        opens, closes = (isolated(time) for time in span.text(self._language.time_separator))
        group = _GROUPS.get(first)
        if group:  # the label names the days itself
            return self._labels[group].format(**{f"{first}_open": opens, f"{first}_close": closes})
        days = self._day(first) if first == last else f"{self._day(first)}–{self._day(last)}"
        return self._labels["hours_days"].format(days=days, open=opens, close=closes)

    def _day(self, name: str) -> str:
        # not "stand-alone": Babel 2.18 then answers with the language that was asked for first
        return str(locale_of(self._language).days["format"]["wide"][DAYS.index(name)])
