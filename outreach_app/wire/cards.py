"""Reads the cards: the deck, its words in each language, and answers on their way back to the note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Literal, NoReturn, get_args

import msgspec

from outreach_app import typed_json
from outreach_app.domain.cards import (
    CARD_LANGUAGES,
    NUMBER_PLACE,
    Card,
    CardAnswer,
    CardKind,
    CardLine,
    CardWords,
    Deck,
    HealthTick,
    Script,
)
from outreach_app.domain.encounter import CardAnswers
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.strict import read_json, write_json

CardId = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
LanguageTag = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")]
Fact = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\.[a-z][a-z0-9_]{0,39}\Z")]
CardText = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
MOST_CARDS = 60
LARGEST_FILE = 1 << 16  # bytes; the longest of ours has under 4,000
MOST_MARKS = 3  # on one letter; Thai and Vietnamese need two
_KINDS_IN_ORDER = get_args(CardKind)


class CardFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One card of the deck."""

    id: CardId
    kind: CardKind
    picture: CardId
    offers_on: Literal["yes", "no"] | None
    facts: Annotated[list[Fact], msgspec.Meta(max_length=5)]
    under_18_on: Literal["yes", "no"] | None
    health: HealthTick | None


class DeckFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``cards.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    cards: Annotated[list[CardFields], msgspec.Meta(min_length=1, max_length=MOST_CARDS)]


class WordsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file ``words_LANGUAGE.json``; one that claims to be checked says by whom and when."""

    language: LanguageTag
    own_name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    script: Script
    state: Literal["draft", "checked"]
    checked_by: Annotated[str, msgspec.Meta(min_length=1, max_length=80)] | None
    checked_on: date | None
    lines: dict[CardLine, CardText]
    cards: dict[CardId, CardText]


class AnswersFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers on their way from the cards to the note, inside this program."""

    language: LanguageTag
    draft: bool
    answers: Annotated[dict[CardId, CardAnswer], msgspec.Meta(max_length=MOST_CARDS)]


@cache
def load_deck() -> Deck:
    """Return the shipped deck; raises FileMissingError, UntrustedDataError for a damaged installation."""
    return read_deck(read_shipped("cards/cards.json"))


@cache
def load_words() -> Mapping[str, CardWords]:
    """Return the words of every shipped language in the order they are offered; raises as ``load_deck``."""
    deck = load_deck()
    found = {name: read_words(read_shipped(f"cards/words_{name}.json"), deck) for name in CARD_LANGUAGES}
    for name, words in found.items():
        if words.language != name:
            _refuse("$.language", f"the file of {name} holds {words.language}")
    return MappingProxyType(found)


def read_deck(untrusted: bytes | str) -> Deck:
    """Return the deck written in ``untrusted``.

    Raises:
        DataTooLargeError, UntrustedDataError: a wrong shape, an id twice, kinds out of order, not exactly one question
            who sees the screen, or a suggestion that nothing would ever make; names the field.
    """
    fields = read_json(untrusted, DeckFields, what=_("The cards"), limit=LARGEST_FILE)
    seen: set[str] = set()
    before = 0
    for place, entry in enumerate(fields.cards):
        where = f"$.cards[{place}]"
        if entry.id in seen:
            _refuse(f"{where}.id", "given twice")
        seen.add(entry.id)
        if _KINDS_IN_ORDER.index(entry.kind) < before:
            _refuse(f"{where}.kind", "out of order: health, screen, other")
        before = _KINDS_IN_ORDER.index(entry.kind)
        if bool(entry.facts) != (entry.offers_on is not None):
            _refuse(f"{where}.offers_on", "signs and the answer that suggests them belong together")
        if entry.health and entry.kind != "health":
            _refuse(f"{where}.health", "only for health cards")
    if sum(entry.kind == "screen" for entry in fields.cards) != 1:
        _refuse("$.cards", "there is exactly one question who sees the screen")
    return Deck(fields.version, tuple(map(_card, fields.cards)))


def read_words(untrusted: bytes | str, deck: Deck) -> CardWords:
    """Return the words of one language for ``deck``.

    Raises:
        DataTooLargeError, UntrustedDataError: a wrong shape, a text missing or too many, a letter that is invisible or
            turns the direction, text that is not composed, or a check that nobody signed; names the field.
    """
    fields = read_json(untrusted, WordsFields, what=_("The words of the cards"), limit=LARGEST_FILE)
    _check_complete(fields, deck)
    for where, text in _texts(fields):
        _check_text(where, text)
    if (fields.state == "checked") != bool(fields.checked_by and fields.checked_on):
        _refuse("$.state", "checked and by whom and when belong together")
    return CardWords(
        language=fields.language, own_name=fields.own_name, script=fields.script, draft=fields.state == "draft",
        lines=MappingProxyType(dict(fields.lines)), cards=MappingProxyType(dict(fields.cards)),
    )  # fmt: skip


def answers_to_json(answers: CardAnswers) -> str:
    """Return answers as one line of text, for the way to the note."""
    return write_json(AnswersFields(answers.language, answers.draft, _strict(answers.answers))).decode()


def read_answers(untrusted: bytes | str) -> CardAnswers:
    """Return the answers written in ``untrusted``; raises DataTooLargeError, UntrustedDataError."""
    fields = read_json(untrusted, AnswersFields, what=_("The card answers"), limit=LARGEST_FILE)
    return CardAnswers(fields.language, fields.draft, MappingProxyType(dict(fields.answers)))


def _strict(answers: Mapping[str, str]) -> dict[str, CardAnswer]:
    return typed_json.convert(dict(answers), dict[str, CardAnswer])


def _card(entry: CardFields) -> Card:
    return Card(
        id=entry.id, kind=entry.kind, picture=entry.picture, offers_on=entry.offers_on, facts=tuple(entry.facts),
        under_18_on=entry.under_18_on, health=entry.health,
    )  # fmt: skip


def _check_complete(fields: WordsFields, deck: Deck) -> None:
    wanted = {card.id for card in deck.cards}
    for name in sorted(wanted ^ set(fields.cards)):
        _refuse(f"$.cards.{name}", "missing" if name in wanted else "no such card")
    for name in get_args(CardLine):
        if name not in fields.lines:
            _refuse(f"$.lines.{name}", "missing")


def _texts(fields: WordsFields) -> list[tuple[str, str]]:
    lines = [(f"$.lines.{name}", text) for name, text in fields.lines.items()]
    cards = [(f"$.cards.{name}", text) for name, text in fields.cards.items()]
    return [("$.own_name", fields.own_name), *lines, *cards]


def _check_text(where: str, text: str) -> None:
    for letter in text:
        if unicodedata.category(letter)[0] == "C" or unicodedata.category(letter) in {"Zl", "Zp"}:
            _refuse(where, f"U+{ord(letter):04X} is not a letter here")
    if not unicodedata.is_normalized("NFC", text) or text != text.strip():
        _refuse(where, "not composed, or blanks around it")
    if "M" * (MOST_MARKS + 1) in "".join(unicodedata.category(letter)[0] for letter in text):
        _refuse(where, "too many marks on one letter")
    places = NUMBER_PLACE if where == "$.lines.call" else ""
    if "".join(re.findall(r"\{[^}]*\}?|\}", text)) != places:
        _refuse(where, "a place that is not filled, or one that is missing")


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The cards"), field=field, reason=reason)
