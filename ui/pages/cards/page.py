"""The cards page: fills the window, goes from card to card, and turns into a plain health page with one key.

It is a page of the locked window only. Handed over from a note (``{"handed": "1"}``) it asks everything and tells the
answers to the window, which keeps them for the note until the worker unlocks; otherwise it is health information, asks
about health only, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.cards import CardLine
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.cards import CardBook, CardRun, CardTexts, read_cards
from ui.page import Page
from ui.pages.cards.language_step import LanguageStep
from ui.pages.cards.staff_strip import StaffStrip
from ui.pages.cards.steps import LinesStep, QuestionStep

LEFT_ALONE = 120_000  # milliseconds without an answer: then only the plain health page is on the screen
KEYS: Mapping[int, str] = {
    Qt.Key.Key_1: "yes", Qt.Key.Key_Y: "yes", Qt.Key.Key_J: "yes",
    Qt.Key.Key_2: "no", Qt.Key.Key_N: "no",
    Qt.Key.Key_3: "skip", Qt.Key.Key_S: "skip",
}  # fmt: skip


class _Steps(QStackedWidget):
    """As small as the step in front may be, not as the largest of all."""

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return QSize() if front is None else front.minimumSizeHint()


class CardsPage(Page):
    """``shown`` takes ``handed``; for pictures and tests also ``language`` and ``card``."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._book: CardBook | None = None
        self._place: Mapping[str, str] = {}
        self.run: CardRun | None = None
        self.languages, self.question = LanguageStep(), QuestionStep()
        self.start = LinesStep("alone", ("intro", "stop"))
        self.health = LinesStep("doctor", ("health_title", "health_ask", "call"))
        self.end = LinesStep("help", ("thanks",))
        self.strip = StaffStrip()
        self._left_alone = QTimer(self)
        self._left_alone.setSingleShot(True)
        self._left_alone.setInterval(LEFT_ALONE)
        self._left_alone.timeout.connect(self.turn_plain)
        self._lay_out()

    def title(self) -> str:
        return _("Health cards")

    def shown(self, place: Mapping[str, str]) -> None:
        self._place = place
        self.run = None
        self._step(self.languages)
        if self._book is None:
            self._context.tasks.run_free(read_cards, self._read, owner=self)
        else:
            self._begin()

    def tour(self) -> tuple[Mapping[str, str], ...]:
        return ({}, {"language": "ar", "card": "pain"}, {"language": "th", "card": "medicine"})

    def go_back(self) -> bool:
        if self._stack.currentWidget() in (self.start, self.question):
            self.turn_plain()
        else:
            self._context.go_to("unlock")
        return True

    def turn_plain(self) -> None:
        """Show the plain health page now; from it only health cards come back."""
        if self.run is not None and self._stack.currentWidget() in (self.start, self.question):
            self.run.health_only()
            self._show_health()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._stack.currentWidget()
        if step is self.question and event.key() in KEYS:
            self._answer(KEYS[event.key()])
        elif step is self.question and event.key() == Qt.Key.Key_Backspace:
            self._one_back()
        elif isinstance(step, LinesStep) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            step.gone_on.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.turn_plain()  # the window was covered: whoever takes the cover away meets health information

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._left_alone.stop()
            self._context.navigation.alone_requested.emit(False)

    # -- from step to step --------------------------------------------------------------------------------------

    def _read(self, book: CardBook) -> None:
        self._book = book
        self.languages.offer(book.texts.values())
        self._begin()

    def _begin(self) -> None:
        handed = bool(self._place.get("handed"))
        self.languages.told.setText(
            _("The notes are locked. What she answers goes into the note once you have unlocked.") if handed
            else _("Health cards only: nothing of the notes is open here, and no answer is kept.")
        )  # fmt: skip
        language = self._place.get("language", "")
        if language:
            self._choose(language)
            if self._place.get("card") and self.run is not None:
                self.run.answers.update({card.id: "no" for card in self.run.deck.of_kind("screen")})
                self.run.others = True
                self.run.at = [card.id for card in self.run.deck.cards].index(self._place["card"])
                self._show_card()
        elif self.isVisible():
            next(iter(self.languages.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, language: str) -> None:
        assert self._book is not None  # noqa: S101 - the languages are offered by the book
        handed = bool(self._place.get("handed"))
        texts = self._book.texts[language]
        self.run = CardRun(self._book.deck, language, texts.words.draft, others=handed)
        self._mirror(texts)
        more: tuple[CardLine, ...] = ("kept" if handed else "not_kept", *(("draft",) if texts.words.draft else ()))
        self.start.show_texts(texts, more)
        told = " ".join(self._book.staff.line(name) for name in ("intro", "stop", more[0]))
        self._say(told, _("Enter begins. Esc shows a plain health page."))
        self._step(self.start)

    def _go_on(self) -> None:
        if self.run is not None:
            self._show_card()

    def _show_card(self) -> None:
        run, texts = self._now()
        if run.card is None:
            self._show_end()
            return
        self.question.show_card(run.card, texts)
        staff = self._staff().question(run.card)
        self._say(staff, _("Yes 1, no 2, skip 3, one back: Backspace. Esc shows a plain health page."))
        self._step(self.question)

    def _answer(self, value: str) -> None:
        run, _texts = self._now()
        card = run.card
        run.answer(value)
        if self._place.get("handed"):
            self._context.navigation.cards_answered.emit(run.card_answers())
        if card is not None and card.health == "emergency" and value == "yes":
            self._show_health()
        else:
            self._show_card()

    def _one_back(self) -> None:
        run, _texts = self._now()
        if run.back():
            self._show_card()

    def _show_health(self) -> None:
        _run, texts = self._now()
        self.health.show_texts(texts)
        staff = self._staff()
        told = " ".join(staff.line(name) for name in ("health_ask", "call"))
        self._say(told, _("Enter goes on with health cards. Esc leaves the cards."))
        self._step(self.health)

    def _show_end(self) -> None:
        _run, texts = self._now()
        self.end.show_texts(texts, goes_on=False)
        self._say(self._staff().line("thanks"), _("Enter or Esc leaves the cards."))
        self._step(self.end)

    def _step(self, step: QWidget) -> None:
        self._stack.setCurrentWidget(step)
        self._stack.updateGeometry()
        self.strip.setVisible(step is not self.languages)
        self._context.navigation.alone_requested.emit(True)
        if step is not self.languages:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._left_alone.start()

    def _now(self) -> tuple[CardRun, CardTexts]:
        assert self.run is not None and self._book is not None  # noqa: S101, PT018 - only called with a language chosen
        return self.run, self._book.texts[self.run.language]

    def _staff(self) -> CardTexts:
        assert self._book is not None  # noqa: S101 - only called with a language chosen
        return self._book.staff

    def _say(self, words: str, keys: str) -> None:
        run, _texts = self._now()
        self.strip.say(words, keys, draft=run.draft)

    def _mirror(self, texts: CardTexts) -> None:
        right_to_left = texts.words.right_to_left
        way = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        for step in (self.start, self.question, self.health, self.end):
            step.setLayoutDirection(way)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = _Steps()
        for step in (self.languages, self.start, self.question, self.health, self.end):
            self._stack.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        self.languages.chosen.connect(self._choose)
        self.start.gone_on.connect(self._go_on)
        self.health.gone_on.connect(self._go_on)
        self.end.gone_on.connect(lambda: self._context.go_to("unlock"))
        self.question.answered.connect(self._answer)
