"""Cards in a person's own language: which come in which order, and what an answer may suggest to the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CardKind = Literal["health", "screen", "other"]
CardAnswer = Literal["yes", "no", "skip"]
HealthTick = Literal["check", "sti_test", "contraception", "pregnancy", "emergency"]
Script = Literal["Latn", "Cyrl", "Arab", "Thai", "Hans"]
CardLine = Literal[
    "yes", "no", "skip", "begin", "intro", "stop", "kept", "not_kept", "draft", "thanks", "health_title", "health_ask",
    "call",
]  # fmt: skip

CARD_LANGUAGES = (
    "ro", "bg", "th", "es", "pt-BR", "pcm", "en", "fr", "ru", "uk", "vi", "ar", "zh-Hans", "da",
)  # fmt: skip
"""The thirteen core languages of leaflets and Nigerian Pidgin, in the order they are offered."""

NUMBER_PLACE = "{number}"
"""Stands for the emergency number in the line ``call`` and nowhere else."""

RIGHT_TO_LEFT: frozenset[Script] = frozenset({"Arab"})
NOBODY_SEES: CardAnswer = "no"
"""The only answer to "can someone else see this screen?" after which the other cards come."""


@dataclass(frozen=True, slots=True)
class Card:
    """One question with a picture.

    ``facts`` (dimension and slug of an indicator, without the profile) are suggested to the worker when the answer is
    ``offers_on``; ``under_18_on`` is the answer that suggests "maybe under 18"; ``health`` names a tick of the health
    block that "yes" suggests. A suggestion never sets anything by itself.
    """

    id: str
    kind: CardKind
    picture: str
    offers_on: CardAnswer | None = None
    facts: tuple[str, ...] = ()
    under_18_on: CardAnswer | None = None
    health: HealthTick | None = None


@dataclass(frozen=True, slots=True)
class CardWords:
    """Every text in one language; ``draft`` until a person has checked the whole of it."""

    language: str
    own_name: str
    script: Script
    draft: bool
    lines: Mapping[CardLine, str]
    cards: Mapping[str, str]

    @property
    def right_to_left(self) -> bool:
        """Whether everything is mirrored."""
        return self.script in RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Deck:
    """All cards in their order: health, then the question who sees the screen, then the others."""

    version: int
    cards: tuple[Card, ...]

    def card(self, card_id: str) -> Card | None:
        """Return the card with this id; None for one that a newer or older deck had."""
        return next((card for card in self.cards if card.id == card_id), None)

    def of_kind(self, kind: CardKind) -> tuple[Card, ...]:
        """Return the cards of one kind."""
        return tuple(card for card in self.cards if card.kind == kind)

    def path(self, answers: Mapping[str, str], *, others: bool) -> tuple[Card, ...]:
        """Return the cards that may be shown after ``answers``.

        ``others`` False: health cards only. Otherwise the screen question follows them, and the other cards only once
        it was answered with "no": skipped is as unsure as "yes".
        """
        health = self.of_kind("health")
        if not others:
            return health
        screen = self.of_kind("screen")
        alone = all(answers.get(card.id) == NOBODY_SEES for card in screen)
        return (*health, *screen, *(self.of_kind("other") if alone else ()))

    def suggested_facts(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """Return what the answers suggest as told, each fact once, in the order of the cards."""
        found = [fact for card in self.cards if answers.get(card.id) == card.offers_on for fact in card.facts]
        return tuple(dict.fromkeys(found))

    def suggests_under_18(self, answers: Mapping[str, str]) -> bool:
        """Tell whether an answer suggests that she may be under 18."""
        return any(card.under_18_on is not None and answers.get(card.id) == card.under_18_on for card in self.cards)

    def somebody_sees(self, answers: Mapping[str, str]) -> bool:
        """Tell whether she said that somebody else can see the screen."""
        return any(answers.get(card.id) == "yes" for card in self.of_kind("screen"))

    def health_ticks(self, answers: Mapping[str, str]) -> tuple[HealthTick, ...]:
        """Return the ticks of the health block that the answers suggest."""
        return tuple(card.health for card in self.cards if card.health and answers.get(card.id) == "yes")

    def health_answers(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers to health cards, which only health workers keep."""
        return {card.id: answers[card.id] for card in self.of_kind("health") if card.id in answers}

    def note_answers(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers that fall into the note: all but those to health cards."""
        health = self.health_answers(answers)
        return {card_id: answer for card_id, answer in answers.items() if card_id not in health}
