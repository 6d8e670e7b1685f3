"""A new passphrase in two steps, in place: five words offered (or an own one), then typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.dialogs.new_words import NewWords
from ui.dialogs.steps import Step
from ui.dialogs.type_back import TypeBack
from ui.passphrases import Passphrases
from ui.tokens import SPACE_3
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.text import words


class NewPassphrase(QWidget):
    """``chosen`` carries it once it was typed back; call ``forget`` when it has been used or is not wanted."""

    chosen = Signal(str)
    left = Signal()

    def __init__(
        self, passphrases: Passphrases, own_words: Callable[[], tuple[str, ...]], *, last_words: str,
        heading: str = "", sentence: str = "",
    ) -> None:  # fmt: skip
        """``last_words`` stand on the button that uses it; the others as in ``NewWords``."""
        super().__init__()
        self._last_words = last_words
        self.busy = False
        self.new_words = NewWords(passphrases, own_words, heading=heading, sentence=sentence, inner=True)
        self.type_back = TypeBack(passphrases, self.new_words.passphrase, inner=True)
        self._steps: tuple[Step, ...] = (self.new_words, self.type_back)
        self.fault = words(tone="notice")
        self.back = quiet_button(_("Back"), icon="arrow-left")
        self.on = primary_button(_("Go on"))
        self._stack = QStackedWidget()
        self._lay_out()
        self.back.clicked.connect(self.step_back)
        self.on.clicked.connect(self._go_on)
        for step in self._steps:
            self._stack.addWidget(step)
            step.ready_changed.connect(self._look)
            step.go_on_requested.connect(self._go_on)
        self._show(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
            return
        super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the keyboard into the step shown, or on the button that goes on."""
        if not self._steps[self._at].begin():
            self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> None:
        """Show the words again; from there, leave."""
        if self._at == 0:
            self.left.emit()
        else:
            self.type_back.forget()
            self._show(0)
            self.begin()

    def say(self, fault: str) -> None:
        """Say why it could not be used; the worker can try again."""
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def set_busy(self, busy: bool) -> None:
        """Let nothing be pressed while the passphrase is being used."""
        self.busy = busy
        for part in (self.back, self.on, self._stack):
            part.setEnabled(not busy)
        if not busy:
            self._look()

    def forget(self) -> None:
        """Let the passphrase go."""
        for step in (self.new_words, self.type_back):
            step.forget()

    def _go_on(self) -> None:
        if not self._steps[self._at].ready():
            return
        if self._at + 1 < len(self._steps):
            self._show(self._at + 1)
            self.begin()
        else:
            self.chosen.emit(self.new_words.passphrase())

    def _show(self, at: int) -> None:
        self._at = at
        self._stack.setCurrentIndex(at)
        self.on.setText(self._last_words if at == len(self._steps) - 1 else _("Go on"))
        self.say("")
        self._look()

    def _look(self) -> None:
        self.on.setEnabled(self._steps[self._at].ready())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self._stack)
        column.addWidget(self.fault)
        column.addLayout(row)
        self.fault.hide()
