"""What the leaflets page offers; the leaflets package is imported only when the page is first shown."""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from babel import Locale

from outreach_app.i18n import language
from outreach_app.leaflets.requests import LeafletRequest

if TYPE_CHECKING:
    from outreach_app.leaflets.formats.registry import Format
    from outreach_app.leaflets.sheets import Sheet

WORKERS_LANGUAGES = ("en", "da")
FIRST_FORMAT = "a4"
PRINTED_AS = {"a5": "a5_two_up"}  # the paper in the tray is A4

Pair = tuple[str, str]
"""A code and its words."""


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language by its own name; ``names`` are those it is found by, the worker's own first."""

    code: str
    own_name: str
    names: tuple[str, ...]
    rtl: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A format: how many leaflets one sheet of paper holds, and which options mean something."""

    code: str
    name: str
    per_paper: int = 1
    may_cover: bool = False
    may_duplex: bool = False
    two_sided: bool = False
    bilingual: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one sheet is in one language; ``lacks`` names what the directory has no entry for.

    ``unchecked``: nobody has ever checked it; a draft stays one when it expires.
    """

    state: str
    title: str
    checked_on: date | None = None
    lacks: tuple[str, ...] = ()
    unchecked: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """Languages, topics, groups and formats; ``groups_of`` holds the groups of topics that are written for each.

    ``with_places`` are the sheets that list places to go to.
    """

    languages: Mapping[str, LanguageChoice]
    topics: tuple[Pair, ...]
    groups: tuple[Pair, ...]
    groups_of: Mapping[str, tuple[str, ...]]
    formats: Mapping[str, FormatChoice]
    with_places: frozenset[str] = frozenset()

    def sheet(self, topic: str, group: str) -> str:
        """Return the id of a topic, for ``group`` where it is written for each group."""
        return f"{topic}_{group}" if group in self.groups_of.get(topic, ()) else topic

    def parts_of(self, sheet: str) -> Pair:
        """Return topic and group of a sheet; ("", "") for one that is not offered any more."""
        for topic, _name in self.topics:
            for group in self.groups_of.get(topic) or ("",):
                if self.sheet(topic, group) == sheet:
                    return topic, group
        return "", ""

    def sheet_name(self, sheet: str) -> str:
        """Return a sheet's short name in the interface language."""
        topic, group = self.parts_of(sheet)
        names = [dict(self.topics).get(topic, sheet), dict(self.groups).get(group, "")]
        return ": ".join(name for name in names if name)

    def has(self, wanted: LeafletRequest) -> bool:
        """Tell whether this can be asked for at all."""
        known = wanted.language in self.languages and wanted.format in self.formats
        return known and bool(self.parts_of(wanted.sheet)[0])


Standings = Mapping[tuple[str, str], Standing]
"""(sheet, language) -> how far it is."""


def read_offer() -> Offer:
    """Return what can be chosen; quick, because no translation is read."""
    sheets = importlib.import_module("outreach_app.leaflets.sheets")
    formats = importlib.import_module("outreach_app.leaflets.formats.registry").FORMATS
    groups_of: dict[str, list[str]] = {}
    for name in sheets.sheet_names().values():
        if name.group:
            groups_of.setdefault(name.topic, []).append(name.group)
    return Offer(
        languages={each.code: each for each in _languages()},
        topics=tuple((topic, _named(sheets.topic_names(), topic)) for topic in sheets.topic_order()),
        groups=tuple((group, _named(sheets.group_names(), group)) for group in sheets.group_names()),
        groups_of={topic: tuple(groups) for topic, groups in groups_of.items()},
        formats={code: _format(each, formats[PRINTED_AS.get(code, code)]) for code, each in formats.items()},
        with_places=frozenset(sheet for sheet in sheets.sheet_names() if _lists_places(sheets.load_sheet(sheet))),
    )


def sheet_names() -> Mapping[str, str]:
    """Return the short name of every sheet in the interface language; reads no translation and no font."""
    sheets = importlib.import_module("outreach_app.leaflets.sheets")
    topics, groups = sheets.topic_names(), sheets.group_names()
    return {
        sheet: ": ".join(_named(names, code) for names, code in ((topics, name.topic), (groups, name.group)) if code)
        for sheet, name in sheets.sheet_names().items()
    }


def read_standings(day: date) -> Standings:
    """Return how far every sheet is in every language; reads all translations."""
    catalogue = importlib.import_module("outreach_app.leaflets.catalogue")
    states = importlib.import_module("outreach_app.leaflets.states")
    rows = [(row, states.state_of(row.sheet, row.language, day)) for row in catalogue.list_sheets(day)]
    return {
        (row.sheet, row.language): Standing(
            row.state, row.title, _day(known.checked_on), tuple(row.lacks), unchecked=known.unchecked
        )
        for row, known in rows
    }


def find_language(languages: Iterable[LanguageChoice], typed: str) -> str:
    """Return the code of the language that ``typed`` means best, by any of its names; "" if none is meant."""
    wanted = _folded(typed)
    ranked = sorted(
        (rank, place, each.code)
        for place, each in enumerate(languages)
        if wanted and (rank := _rank(wanted, [*map(_folded, each.names), each.code.casefold()])) is not None
    )
    return ranked[0][2] if ranked else ""


def _rank(wanted: str, names: list[str]) -> int | None:
    if any(name.startswith(wanted) for name in names):
        return 0
    if any(word.startswith(wanted) for name in names for word in name.replace("(", " ").split()):
        return 1
    return 2 if any(wanted in name for name in names) else None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _languages() -> Iterable[LanguageChoice]:
    known = importlib.import_module("outreach_app.leaflets.languages").LANGUAGES
    of_workers = list(dict.fromkeys((language()[:2], *WORKERS_LANGUAGES)))
    locales = [Locale.parse(code) for code in of_workers]
    for each in known.values():
        names = [str(locale.languages.get(each.locale) or locale.languages.get(each.code, "")) for locale in locales]
        names = [name or _by_base(each.code, locale) for name, locale in zip(names, locales, strict=True)]
        found = tuple(dict.fromkeys(name for name in (*names, each.own_name) if name))
        yield LanguageChoice(each.code, each.own_name, found, each.rtl, each.tier != "core")


def _by_base(code: str, locale: Locale) -> str:
    """Return the name of a language whose code names a region or script too: "Portuguese"."""
    return str(locale.languages.get(code.split("-", maxsplit=1)[0], ""))


def _named(names: Mapping[str, Mapping[str, str]], code: str) -> str:
    row = names.get(code, {})
    return row.get(language()[:2]) or row.get("en") or code


def _lists_places(sheet: Sheet) -> bool:
    return any(section.places for section in sheet.sections)


def _format(known: Format, printed_as: Format) -> FormatChoice:
    return FormatChoice(
        known.id, known.name, printed_as.per_paper, may_cover=known.may_cover, may_duplex=known.may_duplex,
        two_sided=known.two_sided, bilingual=known.bilingual,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
