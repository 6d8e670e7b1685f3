"""Easy language and honest words: what every text of a leaflet, and every translation of it, has to keep to.

The lists of words lie in ``resources/leaflets/lint.json``. Codes of faults are stable: the command line shows them.
"""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from outreach_app.content import remembered
from outreach_app.leaflets.common import Common
from outreach_app.leaflets.content_files import read_leaflet_file
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.sheets import Sheet
from outreach_app.leaflets.statements import Section, Statement
from outreach_app.leaflets.texts import SOURCE_LANGUAGE, translate
from outreach_app.typesetting.word_counting import most_words

Kind = Literal["title", "heading", "statement", "card", "cover", "caption", "strip", "label"]
_OUTSIDE: frozenset[Kind] = frozenset({"title", "card", "cover", "caption", "strip"})  # others may see these
_NOT_OUTSIDE = frozenset({"sex"})  # words that only the inside of a leaflet may use
_FACT = re.compile(
    r"S\d{3}|Q\d{2}|denmark\.[a-z_.0-9]+|numbers\.[a-z_.]+|directory\.[a-z_]+|consent\.[a-z]+|a[ls]\.[a-z_]+\.[a-z_]+"
)
_RECENT = "2020"  # a source older than this confirms nothing today ...
_ANY_YEAR = "9999"
_LASTING = ("al.", "S064", "Q19")  # ... except what the published lists of signs say, which does not age


@dataclass(frozen=True)
class LintFault:
    """What is wrong (a code) and with which text."""

    code: str
    text: str


def lint(text: str, language: str, *, kind: Kind = "statement", allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Return the codes of what is wrong with ``text`` in ``language``, none if nothing is.

    ``allowed`` names lists of words that may be used here (``traffick``, ``free``, ``anonymous`` ...); on titles,
    cards and covers they never may.
    """
    return tuple(_faults(text, language, kind, allowed))


def lint_sheet(sheet: Sheet, language: Language) -> tuple[LintFault, ...]:
    """Return the faults of a sheet in one language."""
    return tuple(_sheet_faults(sheet, language))


def statement_faults(statement: Statement) -> tuple[str, ...]:
    """Return what is wrong with the sources of a statement."""
    return tuple(_source_faults(statement))


def _faults(text: str, language: str, kind: Kind, allowed: Collection[str]) -> Iterator[str]:
    plain = _without_places(text)
    if text != unicodedata.normalize("NFC", text).strip() or "  " in text:
        yield "untidy"
    if any(letter.isdigit() for letter in plain):
        yield "digit"
    if any(mark in text for mark in "!！"):
        yield "shouts"
    if most_words(text, language) > _limit(kind, language) and text not in read_rules()["longer_on_purpose"]:
        yield "long"
    for name, pattern in _forbidden(language).items():
        if not _may_say(name, kind, allowed) and pattern.search(plain.casefold()):
            yield f"says_{name}"
    jargon = _jargon(language)
    if jargon is not None and jargon.search(plain):
        yield "jargon"


def _may_say(name: str, kind: Kind, allowed: Collection[str]) -> bool:
    return kind not in _OUTSIDE and (name in allowed or name in _NOT_OUTSIDE)


def _sheet_faults(sheet: Sheet, language: Language) -> Iterator[LintFault]:
    for text, kind, promise in (*_texts(sheet), *_shared(sheet.common)):
        said = translate(text, language, sheet=sheet.id)
        for code in lint(said, language.code, kind=kind, allowed=(*sheet.allowed_words, promise)):
            yield LintFault(code, said)
        if places_in(said) != places_in(text):
            yield LintFault("places", said)
    if language.code == SOURCE_LANGUAGE:
        for statement in sheet.all_statements():
            yield from (LintFault(code, statement.text) for code in statement_faults(statement))


# The English text, where it stands, and what it promises ("free", "anonymous"): such a statement or label is printed
# only of an entry that the directory says it of.
_Text = tuple[str, Kind, str]


def _texts(sheet: Sheet) -> Iterator[_Text]:
    yield sheet.title, "title", ""
    yield from ((each.text, "statement", each.promise) for each in sheet.intro)
    for section in sheet.sections:
        yield from _of_section(section)
    yield sheet.card_title, "card", ""
    yield from ((each.text, "card", each.promise) for each in sheet.card_lines)
    yield from ((each.caption, "caption", "") for each in sheet.pictograms)


def _shared(shared: Common) -> Iterator[_Text]:
    for section in (shared.emergency, shared.hotline.section, shared.hotline.hours):
        yield from _of_section(section)
    yield from ((line, "cover", "") for line in (shared.cover.title, *shared.cover.lines))
    yield shared.tear_off, "strip", ""
    yield from ((each.caption, "caption", "") for each in shared.pictograms)
    labels = (shared.hotline.code_caption, shared.hotline.code_alternative, shared.card_emergency, shared.page_of)
    marks = (shared.marks.unconfirmed, shared.marks.draft, shared.marks.expired, shared.marks.as_of)
    yield from ((text, "label", "") for text in (*labels, *marks))
    yield from ((text, "label", name) for name, text in shared.places.items())


def _of_section(section: Section) -> Iterator[_Text]:
    yield section.heading, "heading", ""
    yield from ((each.text, "statement", each.promise) for each in section.statements)


def _source_faults(statement: Statement) -> Iterator[str]:
    if statement.advice == bool(statement.facts):
        yield "advice_or_fact"
    if not all(_FACT.fullmatch(fact) for fact in statement.facts):
        yield "fact_form"
    if statement.facts and not statement.as_of:
        yield "no_date"
    if statement.confirmed and not _is_recent(statement):
        yield "confirmed_by_old_source"
    if statement.as_of[:4] > newest_year(statement):
        yield "newer_than_its_sources"
    if statement.promise and not statement.entry:
        yield "promise_of_nobody"


def _is_recent(statement: Statement) -> bool:
    return statement.as_of >= _RECENT or any(fact.startswith(_LASTING) for fact in statement.facts)


def newest_year(statement: Statement) -> str:
    """Return the year of the newest source of a statement; what the directory says is as old as it says there."""
    return max((_years().get(fact, _ANY_YEAR) for fact in statement.facts), default=_ANY_YEAR)


def places_in(text: str) -> frozenset[str]:
    """Return the names of the {places} in ``text``."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _without_places(text: str) -> str:
    return "".join(literal for literal, *_ in string.Formatter().parse(text))


def _limit(kind: Kind, language: str) -> int:
    most: int = read_rules()["most_words"][kind]
    factors: Mapping[str, float] = read_rules()["words_factor"]
    return math.ceil(most * factors.get(language, factors["*"]))


@remembered(64)
def _forbidden(language: str) -> Mapping[str, re.Pattern[str]]:
    lists = read_rules()["forbidden"].get(language, {})
    return {name: _pattern(words, language) for name, words in lists.items()}


@remembered(64)
def _jargon(language: str) -> re.Pattern[str] | None:
    words = read_rules()["jargon"].get(language)
    return None if words is None else _pattern(words, language)


def _pattern(words: Collection[str], language: str) -> re.Pattern[str]:
    before = read_rules()["before"]
    return re.compile(before.get(language, before["*"]) + "(?:" + "|".join(words) + ")", re.IGNORECASE)


@remembered()
def read_rules() -> Mapping[str, Any]:
    """Return the lists and limits in use; raises SheetDamagedError."""
    return MappingProxyType(read_leaflet_file("lint.json"))


@remembered()
def _years() -> Mapping[str, str]:
    return MappingProxyType(read_leaflet_file("fact_years.json")["years"])
