"""Texts of one sheet in one language with their places filled, and statements that do not stand marked or left out."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from outreach_app.leaflets.directory import Directory
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.legal import legal_values
from outreach_app.leaflets.placeholders import isolated, values_for
from outreach_app.leaflets.places import places_for
from outreach_app.leaflets.sheets import Sheet
from outreach_app.leaflets.statements import Section, Statement
from outreach_app.leaflets.texts import translate

UNCONFIRMED = "\u00a0*"  # never alone at the beginning of a line
_BETWEEN_PARTS = " · "
_BETWEEN_NUMBERS = re.compile("(?<=\u2069) ([^ \u2066]+(?: [^ \u2066]+)?) (?=\u2066)")


@dataclass(frozen=True)
class Surroundings:
    """What a sheet is filled from: the directory, the day whose legal numbers hold, the region asked for."""

    directory: Directory
    day: date
    region: str = ""


@dataclass(frozen=True)
class Words:
    """A heading and its lines, in the person's language; ``unconfirmed`` if no claim among them is confirmed."""

    plain_heading: str
    plain_lines: tuple[str, ...]
    unconfirmed: bool = False
    picture: str = ""

    @property
    def heading(self) -> str:
        """Return the heading, marked for all that stands under it."""
        return self.plain_heading + (UNCONFIRMED if self.unconfirmed else "")

    @property
    def marked_lines(self) -> tuple[str, ...]:
        """Return the lines, each marked, for a format that leaves the heading out."""
        return tuple(line + (UNCONFIRMED if self.unconfirmed else "") for line in self.plain_lines)


class Filler:
    """Fills texts; ``left_out`` collects what the directory lacks."""

    def __init__(self, sheet: Sheet, language: Language, around: Surroundings) -> None:
        """``around`` is what the places are filled from."""
        self._sheet = sheet
        self._language = language
        self._around = around
        self._legal = legal_values(around.day)
        numbers = {place: isolated(str(number.value)) for place, number in self._legal.items()}
        self._values: Mapping[str, str] = MappingProxyType(
            values_for(around.directory, language, around.region) | numbers
        )
        self.left_out: dict[str, None] = {}

    def translated(self, english: str) -> str:
        """Return a text in the sheet's language, its places open."""
        return translate(english, self._language, sheet=self._sheet.id)

    def text(self, english: str) -> str:
        """Return a text in the sheet's language, its places filled."""
        words = self.translated(english).format(**self._values)
        return _BETWEEN_NUMBERS.sub(_together, words)  # "8:30 to 16:00" stays on one line

    def can_say(self, statement: Statement) -> bool:
        """Tell whether the directory has, and promises, what ``statement`` says; if not, it is left out."""
        lacking = {name for name in _places(statement.text) if name not in self._values}
        if statement.entry and not self._around.directory.has(statement.entry):
            lacking.add(statement.entry)
        self.left_out.update(dict.fromkeys(sorted(lacking)))
        return not lacking and self._promised(statement) and self._is_near(statement)

    def _is_near(self, statement: Statement) -> bool:
        """Tell whether what ``statement`` is about serves the region asked for."""
        return not statement.entry or self._around.directory.entry(statement.entry).is_in(self._around.region)

    def statement(self, statement: Statement) -> str:
        """Return a statement, marked if nothing confirms it."""
        return self.text(statement.text) + ("" if self._stands(statement) else UNCONFIRMED)

    def sections(self, sections: Sequence[Section]) -> tuple[Words, ...]:
        """Return the sections that have something left to say."""
        found = [self.section(section) for section in sections]
        return tuple(words for words in found if words.plain_lines)

    def section(self, section: Section) -> Words:
        """Mark the heading once if nothing under it is confirmed, otherwise each statement or place that is not."""
        said = [statement for statement in section.statements if self.can_say(statement)]
        claims = [statement for statement in said if not statement.advice]
        heading, places = self.text(section.heading), self._places(section.places_in(self._around.region))
        if claims and not places and not any(self._stands(claim) for claim in claims):
            lines = tuple(self.text(statement.text) for statement in said)
            return Words(heading, lines, unconfirmed=True, picture=section.picture)
        return Words(heading, (*(self.statement(each) for each in said), *places), picture=section.picture)

    def _promised(self, statement: Statement) -> bool:
        return not statement.promise or statement.promise in self._around.directory.entry(statement.entry).promises

    def _places(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Return a line for each place: its name, marked if nobody confirmed it, and what is known of it."""
        labels = {name: self.translated(text) for name, text in self._sheet.common.places.items()}
        found = places_for(self._around.directory, kinds, self._around.region, self._language, labels)
        marks = {True: "", False: UNCONFIRMED}
        return tuple(_BETWEEN_PARTS.join((place.name + marks[place.confirmed], *place.lines)) for place in found)

    def _stands(self, statement: Statement) -> bool:
        numbers = [self._legal[place] for place in _places(statement.text) if place in self._legal]
        if not all(number.confirmed for number in numbers):
            return False
        if statement.advice or statement.confirmed:
            return True
        return bool(statement.entry) and self._around.directory.entry(statement.entry).confirmed


def _together(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0")


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
