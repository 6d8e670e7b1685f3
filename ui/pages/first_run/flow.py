"""Leads through the steps, then makes the vault on the vault thread and hands the open session over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.new_words import NewWords
from ui.dialogs.steps import Step
from ui.dialogs.type_back import TypeBack
from ui.pages.first_run.about_you import AboutYou, Answers
from ui.passphrases import Passphrases
from ui.practice_start import start_practice
from ui.tokens import SPACE_3, SPACE_4, SPACE_5
from ui.widgets.banner import Banner
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.page_stack import PageStack
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.session import Session

CARD_WIDTH = 620  # pixels


class FirstRunPage(QWidget):
    """Ends by ``navigation.unlocked``; a fault is said here and the worker can try again."""

    language_chosen = Signal(object)  # Answers so far, with the language wanted

    def __init__(self, context: Context, passphrases: Passphrases, answers: Answers) -> None:
        super().__init__()
        self._context = context
        self.about = AboutYou(answers)
        self.new_words = NewWords(passphrases, lambda: tuple(self.about.answers().name.split()))
        self.type_back = TypeBack(passphrases, self.new_words.passphrase)
        self._steps: tuple[Step, ...] = (self.about, self.new_words, self.type_back)
        self._stack = QStackedWidget()
        self._count = words(tone="muted")
        self._fault = Banner("notice")
        self._fault.hide()
        self._progress = ProgressLine()
        self._progress.hide()
        room = self._progress.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the card does not jump when it is needed
        self._progress.setSizePolicy(room)
        self.back = quiet_button(_("Back"), icon="arrow-left")
        self.practise = quiet_button(_("Practise first"), icon="group")
        self.on = primary_button(_("Go on"))
        self._lay_out()
        self._connect()
        self._show(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible() and self.back.isEnabled():
            self._step(-1)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.begin()

    def begin(self) -> None:
        """Put the keyboard into the step shown, or on the button that goes on where nothing is to be typed."""
        if not self._steps[self._at].begin():
            self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, at: int) -> None:
        self._at = at
        self._stack.setCurrentIndex(at)
        self._count.setText(_("Step {number} of {total}").format(number=at + 1, total=len(self._steps)))
        self.back.setVisible(at > 0)
        self.practise.setVisible(at == 0)
        self.on.setText(_("Make the vault") if at == len(self._steps) - 1 else _("Go on"))
        self._fault.hide()
        self._look()
        self.begin()

    def _look(self) -> None:
        self.on.setEnabled(self._steps[self._at].ready())

    def _step(self, step: int) -> None:
        if step > 0 and not self._steps[self._at].ready():
            return
        if self._at + step == len(self._steps):
            self._make()
        else:
            if step < 0:
                self.type_back.forget()
            self._show(max(0, self._at + step))

    def _make(self) -> None:
        answers, passphrase, context = self.about.answers(), self.new_words.passphrase(), self._context
        self._set_busy(True)

        def create() -> Session:
            session = context.program.create_vault(passphrase, worker_name=answers.name, role=answers.role)
            context.sessions.put(session)
            return session

        context.tasks.run_vault(create, self._made, self._failed)

    def _made(self, _session: Session) -> None:
        for step in (self.new_words, self.type_back):
            step.forget()
        self._context.navigation.unlocked.emit()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._fault.say("notice", self._context.messages.sentence(error))
        self._fault.show()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.back, self.on, self._stack):
            part.setEnabled(not busy)
        self._progress.setVisible(busy)
        if busy:
            self._progress.set_progress(
                _("Making the vault. It takes a few seconds, because guessing is made slow on purpose.")
            )

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._step(-1))
        self.practise.clicked.connect(start_practice)
        self.on.clicked.connect(lambda: self._step(1))
        self.about.language_chosen.connect(lambda _code: self.language_chosen.emit(self.about.answers()))
        for step in self._steps:
            self._stack.addWidget(step)
            step.ready_changed.connect(self._look)
            step.go_on_requested.connect(lambda: self._step(1))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        inside.setSpacing(SPACE_4)
        for part in (self._count, self._stack, self._fault, self._progress):
            inside.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.back)
        row.addWidget(self.practise)
        row.addStretch(1)
        row.addWidget(self.on)
        inside.addLayout(row)
        middle = QWidget()
        middle.setProperty("kind", "plain")
        stack = PageStack()  # scrolls on a small screen
        stack.show_page(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(stack)
        column = QVBoxLayout(middle)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
