"""A question in place: what it means, what has to be filled in, the button that does it, and the way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.labelled_field import LabelledField
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import set_tone, small_heading, words


class AskPanel(QWidget):
    """Every line put in with ``ask`` must be filled before the button answers; Esc leaves without doing anything."""

    confirmed = Signal()
    left = Signal()
    cancel_requested = Signal()

    def __init__(
        self, heading: str, sentence: str, act_words: str, *, stop_words: str = "", parent: QWidget | None = None
    ) -> None:
        """``stop_words`` stand on the button beside the progress, where the work can be stopped."""
        super().__init__(parent)
        self.heading, self.sentence = small_heading(heading), words(sentence)
        self.told = words(tone="notice")
        self.act = button(act_words)
        self.leave = quiet_button(_("Not now"))
        self.progress = ProgressLine(stop_words)
        self._lines: list[QLineEdit] = []
        self._conditions: list[Callable[[], bool]] = []
        self._busy = False
        self.fields = QVBoxLayout()
        self.fields.setSpacing(SPACE_3)
        self._lay_out()
        self.act.clicked.connect(self._confirm)
        self.leave.clicked.connect(self.left)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._busy:
            self.left.emit()
            return
        super().keyPressEvent(event)

    @property
    def busy(self) -> bool:
        """Whether the work is going on."""
        return self._busy

    def ask(self, name: str, hint: str = "") -> QLineEdit:
        """Put a line in and return it; Enter in it does what the button does."""
        line = QLineEdit()
        self.fields.addWidget(LabelledField(name, line, hint))
        self.watch(line)
        return line

    def watch(self, line: QLineEdit) -> None:
        """Do nothing before this line is filled."""
        self._lines.append(line)
        line.textChanged.connect(lambda _text: self.look())
        line.returnPressed.connect(self._confirm)
        self.look()

    def require(self, condition: Callable[[], bool]) -> None:
        """Do nothing while ``condition`` does not hold; call ``look`` when it may have changed."""
        self._conditions.append(condition)
        self.look()

    def look(self) -> None:
        """Let the button be pressed only when everything is there."""
        filled = all(line.text().strip() for line in self._lines)
        self.act.setEnabled(filled and all(condition() for condition in self._conditions))

    def begin(self) -> None:
        """Empty every line and put the keyboard into the first, or on the way out where there is none."""
        for line in self._lines:
            line.clear()
        self.say("")
        self.set_busy(busy=False)
        self._let_tab_end_at_the_buttons()
        first = self._lines[0] if self._lines else self.leave
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str, tone: str = "notice") -> None:
        """Say what came of it, or what is wrong; empty takes it away."""
        self.told.setText(sentence)
        set_tone(self.told, tone)
        self.told.setVisible(bool(sentence))

    def set_busy(self, *, busy: bool, sentence: str = "") -> None:
        """Show the progress instead of the buttons."""
        self._busy = busy
        self.progress.setVisible(busy)
        for line in self._lines:
            line.setEnabled(not busy)
        for each in (self.act, self.leave):
            each.setVisible(not busy)
        if busy:
            self.say("")
            self.progress.set_progress(sentence)
            self.progress.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def _confirm(self) -> None:
        if self.act.isEnabled() and not self._busy:
            self.confirmed.emit()

    def _let_tab_end_at_the_buttons(self) -> None:
        """Put the buttons behind the fields: they were made first, and Tab goes in the order of making."""
        last: QWidget | None = None
        following: QWidget | None = self.nextInFocusChain()
        while following is not None and following is not self:
            stop = self.isAncestorOf(following) and following.focusPolicy() & Qt.FocusPolicy.TabFocus
            if stop and following not in {self.act, self.leave} and not self.progress.isAncestorOf(following):
                last = following
            following = following.nextInFocusChain()
        if last is not None:
            QWidget.setTabOrder(last, self.act)
        QWidget.setTabOrder(self.act, self.leave)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.act)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.heading)
        column.addWidget(self.sentence)
        column.addLayout(self.fields)
        for part in (self.told, self.progress):
            column.addWidget(part)
            part.hide()
        column.addLayout(row)
