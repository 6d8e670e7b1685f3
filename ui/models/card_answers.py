"""Card answers in the form: what falls into the note, what the worker is offered, and what each offer would write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from outreach_app.domain.cards import CardAnswer, Deck
from outreach_app.domain.encounter import MAYBE_UNDER_18, CardAnswers, Encounter, HealthBlock
from outreach_app.domain.indicator import ID_PREFIXES
from outreach_app.i18n import gettext as _
from ui.models.cards import CardBook
from ui.models.encounter_form import EncounterForm, with_content

ANSWERS = frozenset(get_args(CardAnswer))
NOT_NOTED, LISTENING = "not_noted", "someone_listening"
MARK = "asked"
"""No card's id: stands among the answers of a draft while the cards are in her hands, so that the draft is kept."""


def handed_over(form: EncounterForm) -> EncounterForm:
    """Return ``form`` marked as waiting for answers."""
    before = form.content.cards or CardAnswers("und", draft=True, answers={})
    return with_content(form, cards=replace(before, answers={**before.answers, MARK: "skip"}))


def waits(form: EncounterForm) -> bool:
    """Tell whether ``form`` was handed over and waits for answers."""
    return form.content.cards is not None and MARK in form.content.cards.answers


def received(form: EncounterForm, deck: Deck, answers: CardAnswers | None) -> EncounterForm:
    """Return ``form`` with the answers that fall into the note; those to health cards do not.

    Answers asked for again in the same language replace the earlier ones, card by card. None: nothing came back.
    """
    kept = form.content.cards or CardAnswers("und", draft=True, answers={})
    before = {card: answer for card, answer in kept.answers.items() if card != MARK}
    fallen = {} if answers is None else deck.note_answers(answers.answers)
    if answers is None or not fallen:
        return with_content(form, cards=replace(kept, answers=before) if before else None)
    if kept.language == answers.language:
        fallen = {**before, **fallen}
    return with_content(form, cards=replace(answers, answers=fallen))


def answer_lines(book: CardBook, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return each answer of the deck as "question answer" in the worker's language, in the order of the cards."""
    staff = book.staff
    return tuple(
        f"{staff.question(card)} {staff.line(answers[card.id]).casefold()}"  # type: ignore[arg-type]  # yes, no or skip
        for card in book.deck.cards
        if answers.get(card.id) in ANSWERS
    )


def offered_signs(deck: Deck, content: Encounter, known_ids: frozenset[str]) -> tuple[str, ...]:
    """Return the signs of the chosen list that the answers suggest and that nobody has answered yet."""
    answers = content.cards.answers if content.cards else {}
    prefix = ID_PREFIXES[content.profile]
    found = (f"{prefix}.{fact}" for fact in deck.suggested_facts(answers))
    return tuple(sign for sign in found if sign in known_ids and sign not in content.answers)


def offers_under_18(deck: Deck, content: Encounter) -> bool:
    """Tell whether "maybe under 18" is offered: suggested, and no age noted yet."""
    answers = content.cards.answers if content.cards else {}
    return content.age is None and not content.age_band and deck.suggests_under_18(answers)


def offers_listening(deck: Deck, content: Encounter) -> bool:
    """Tell whether "someone was listening" is offered: she said that the screen is seen, and nothing is noted yet."""
    answers = content.cards.answers if content.cards else {}
    return content.speaking == NOT_NOTED and deck.somebody_sees(answers)


def with_someone_listening(form: EncounterForm) -> EncounterForm:
    """Return ``form`` with someone listening; what she could agree to follows from it."""
    return with_content(form, speaking=LISTENING)


def with_told_sign(form: EncounterForm, sign: str) -> EncounterForm:
    """Return ``form`` with a sign as told; it moves to the end as if it had been typed."""
    return with_content(form, answers={**form.content.answers, sign: "told"})


def with_maybe_under_18(form: EncounterForm) -> EncounterForm:
    """Return ``form`` with the age band "maybe under 18"."""
    return with_content(form, age_band=MAYBE_UNDER_18)


def with_health_in_note(form: EncounterForm, lines: tuple[str, ...]) -> EncounterForm:
    """Return ``form`` with answers to health cards under its free note."""
    return with_content(form, note=_under(form.content.note, lines))


def with_health_part(
    form: EncounterForm, deck: Deck, answers: Mapping[str, str], lines: tuple[str, ...]
) -> EncounterForm:
    """Return ``form`` with answers to health cards in its health part, which only health workers read."""
    before = form.content.health or HealthBlock()
    ticked = replace(before, **dict.fromkeys(deck.health_ticks(answers), True))  # type: ignore[arg-type]  # ticks only
    return with_content(form, health=replace(ticked, words=_under(before.words, lines)))


def _under(text: str, lines: tuple[str, ...]) -> str:
    heading = _("Card answers (draft translation):")
    return "\n".join([*([text.rstrip()] if text.strip() else []), heading, *lines])
