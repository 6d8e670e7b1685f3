"""Card answers above the form: read in the worker's language, marked as a draft; what they suggest is offered."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from outreach_app.domain.encounter import CardAnswers
from outreach_app.i18n import gettext as _
from ui.models import card_answers as answered
from ui.models.cards import CardBook, read_cards
from ui.models.encounter_form import EncounterForm
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.disclosure import Disclosure
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import QWIDGET_MOST, words

Edit = Callable[[EncounterForm], EncounterForm]


class CardAnswersPanel(QFrame):
    """Hidden while there are none. Answers to health cards wait here, in memory, until the worker writes them down."""

    edited = Signal(object)  # a function of the form
    asked = Signal()  # lock, and hand the laptop over

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._cards: CardBook | None = None
        self._health: dict[str, str] = {}
        self.setProperty("kind", "card")
        self.ask = quiet_button(_("Ask in her language"), "Ctrl+U")
        self.ask.setToolTip(_("Locks the notes and shows cards in her language (Ctrl+U)"))
        self.ask.clicked.connect(self._hand_over)
        self.said, self.health, self.told = words(), words(tone="notice"), words(tone="muted")
        self.opener = Disclosure(_("Card answers, draft translation"), self.said)
        self.offers: list[QPushButton] = []
        self._offers = FlowLayout(gap=SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        for part in (self.said, self.health, self.told):
            part.setMaximumWidth(QWIDGET_MOST)
        column.addWidget(self.opener)
        column.addWidget(self.health)
        column.addWidget(self.told)
        column.addLayout(self._offers)
        self.hide()

    def begin(self, cards: str, form: EncounterForm) -> None:
        """Begin another form; ``cards``: answers that came back with it, "" for none."""
        self._health = {}
        answers: CardAnswers | None = None
        if cards:
            answers = importlib.import_module("outreach_app.wire.cards").read_answers(cards)
            self._health = self._book_of_cards().deck.health_answers(answers.answers)
        if cards or answered.waits(form):
            deck = self._book_of_cards().deck
            self.edited.emit(lambda form: answered.received(form, deck, answers))
        else:
            self.show_form(form)

    def show_form(self, form: EncounterForm) -> None:
        """Show the answers of the form and what they suggest."""
        content = form.content
        answers = content.cards.answers if content.cards else {}
        self.setVisible(bool(answers or self._health))
        if not answers and not self._health:
            return
        cards = self._book_of_cards()
        lines = answered.answer_lines(cards, answers)
        texts = cards.texts.get(content.cards.language) if content.cards else None
        name = f" · {texts.words.own_name}" if texts else ""
        self.opener.button.setText(_("Card answers, draft translation") + f"{name} ({len(lines)})")
        self.opener.setVisible(bool(lines))
        self.said.setText(" · ".join(lines))
        waiting = answered.answer_lines(cards, self._health)
        told = _("About her health, not kept yet:")
        self.health.setText(" ".join([told, " · ".join(waiting)]))
        self.health.setVisible(bool(waiting))
        self._offer(form, cards)
        self.told.setText(_("Her answers suggest the following. Each is added only if you press it, as told by her."))
        self.told.setVisible(bool(self.offers))

    def _offer(self, form: EncounterForm, cards: CardBook) -> None:
        for before in self.offers:
            self._offers.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.offers.clear()
        known = self._book.signs.ids(form.content.profile)
        for sign in answered.offered_signs(cards.deck, form.content, known):
            self._add(self._book.signs.label(sign), partial(answered.with_told_sign, sign=sign))
        if answered.offers_under_18(cards.deck, form.content):
            self._add(_("Age: maybe under 18"), answered.with_maybe_under_18)
        if answered.offers_listening(cards.deck, form.content):
            self._add(_("Someone was listening"), answered.with_someone_listening)
        if self._health:
            lines = answered.answer_lines(cards, self._health)
            if self._book.writes_health:
                health = dict(self._health)
                self._add(
                    _("Write her health answers into the health part"),
                    lambda form: answered.with_health_part(form, cards.deck, health, lines), forget=True,
                )  # fmt: skip
            else:
                self._add(
                    _("Write her health answers under the note"),
                    lambda form: answered.with_health_in_note(form, lines), forget=True,
                )  # fmt: skip

    def _add(self, text: str, edit: Edit, *, forget: bool = False) -> None:
        made = button(text, kind="chip")
        made.clicked.connect(lambda: self._take(edit, forget=forget))
        self._offers.addWidget(made)
        self.offers.append(made)

    def _take(self, edit: Edit, *, forget: bool) -> None:
        if forget:
            self._health = {}
        self.edited.emit(edit)

    def _hand_over(self) -> None:
        self.edited.emit(answered.handed_over)
        self.asked.emit()

    def _book_of_cards(self) -> CardBook:
        self._cards = self._cards or read_cards()
        return self._cards
