"""Answers on cards as they stand in a note: marked as such, and as a draft translation where it is one."""

from __future__ import annotations

import importlib

from outreach_app.domain.encounter import CardAnswers
from outreach_app.i18n import N_, language
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name

ANSWER_WORDS = {"yes": N_("yes"), "no": N_("no"), "skip": N_("skipped")}


def card_answers_in_words(cards: CardAnswers | None) -> str:
    """Return one line for each card that was answered, under what they are; nothing without cards."""
    if cards is None:
        return ""
    kind = _("Card answers, draft translation") if cards.draft else _("Card answers")
    rows = [f"{kind} · {language_name(cards.language)}"]
    questions = _questions()
    for card, answer in cards.answers.items():
        said = _(ANSWER_WORDS[answer]) if answer in ANSWER_WORDS else answer
        rows.append(f"{questions.get(card, card)} – {said}")
    return "\n".join(rows)


def _questions() -> dict[str, str]:
    """Return the cards' questions in the worker's language; read only when there are answers to show."""
    found = importlib.import_module("outreach_app.wire.cards").load_words()
    return dict(found.get(language()[:2], found["en"]).cards)
