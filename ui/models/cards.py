"""The cards as they are shown: words that break where their script allows, and where a person is in them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from outreach_app.domain.cards import NUMBER_PLACE, Card, CardLine, CardWords, Deck
from outreach_app.domain.encounter import CardAnswers
from outreach_app.i18n import language

STAFF_FALLBACK = "en"
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "Latn": ("Noto Sans",),
    "Cyrl": ("Noto Sans",),
    "Thai": ("Noto Sans Thai", "Noto Sans"),
    "Arab": ("Vazirmatn", "Noto Sans"),
    "Hans": ("Noto Sans SC", "Noto Sans"),
}
"""The shipped fonts that draw a script, the first of them first."""

_MAY_BREAK = "\u200b"
_ISOLATE, _POP, _NO_BREAK_SPACE = "\u2066", "\u2069", "\u00a0"


@dataclass(frozen=True, slots=True)
class CardTexts:
    """The words of one language, ready to be shown."""

    words: CardWords
    emergency: str

    def line(self, name: CardLine) -> str:
        """Return a line; the emergency number stands in it as one piece that no direction turns round."""
        number = f"{_ISOLATE}{self.emergency.replace(' ', _NO_BREAK_SPACE)}{_POP}"
        return breakable(self.words.lines[name], self.words).replace(NUMBER_PLACE, number)

    def question(self, card: Card) -> str:
        """Return the question of a card."""
        return breakable(self.words.cards[card.id], self.words)


@dataclass(frozen=True, slots=True)
class CardBook:
    """The deck and its words in every language, and in the worker's."""

    deck: Deck
    texts: Mapping[str, CardTexts]

    @property
    def staff(self) -> CardTexts:
        """The words in the language of the window, in English where the cards have none."""
        return self.texts.get(language()[:2], self.texts[STAFF_FALLBACK])


def read_cards() -> CardBook:
    """Read the shipped cards; imported here so that the window starts without them."""
    wire = importlib.import_module("outreach_app.wire.cards")
    directory = importlib.import_module("outreach_app.leaflets.directory")
    emergency = directory.help_lines().line(directory.EMERGENCY).number
    return CardBook(wire.load_deck(), {name: CardTexts(words, emergency) for name, words in wire.load_words().items()})


def breakable(text: str, words: CardWords) -> str:
    """Return ``text`` with a mark where a line may end, for a script that puts no spaces between words."""
    if words.script != "Thai":  # Qt itself breaks all others rightly
        return text
    ends = importlib.import_module("outreach_app.typesetting.line_breaking").line_ends(text, words.language)
    pieces = [text[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return "".join(piece if piece.endswith(" ") else piece + _MAY_BREAK for piece in pieces).rstrip(_MAY_BREAK)


@dataclass
class CardRun:
    """Where a person is in the cards. ``others`` False: health cards only."""

    deck: Deck
    language: str
    draft: bool
    others: bool
    answers: dict[str, str] = field(default_factory=dict)
    at: int = 0

    @property
    def card(self) -> Card | None:
        """The card to be shown, or None when all are through."""
        path = self.deck.path(self.answers, others=self.others)
        return path[self.at] if self.at < len(path) else None

    def answer(self, value: str) -> None:
        """Note ``yes``, ``no`` or ``skip`` and go on."""
        if self.card is not None:
            self.answers[self.card.id] = value
            self.at += 1

    def back(self) -> bool:
        """Go back one card; return whether there was one."""
        self.at -= 1 if self.at else 0
        return self.card is not None

    def health_only(self) -> None:
        """Show nothing but health cards from here on, from the first that has no answer; answers stay as they are."""
        self.others = False
        health = self.deck.path({}, others=False)
        unanswered = (place for place, card in enumerate(health) if card.id not in self.answers)
        self.at = next(unanswered, 0)

    def card_answers(self) -> CardAnswers:
        """Return what was answered so far."""
        return CardAnswers(self.language, self.draft, dict(self.answers))
