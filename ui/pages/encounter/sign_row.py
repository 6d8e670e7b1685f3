"""One sign on the encounter page: its words, how it is known with one key for each answer, and words of one's own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from outreach_app.domain.assessment_words import answer_name
from outreach_app.i18n import gettext as _
from ui.icons import set_icon
from ui.models.codes import ANSWER_KEYS
from ui.widgets.flow_layout import FlowLayout

WORDS_KEY = "w"
ANSWER_ROOM = 12  # pixels of an answer's button beside its word


class SignRow(QFrame):
    """o, t, h and n answer the sign, w writes words on it, Delete takes it away, Esc goes back to the entry field."""

    answered = Signal(str, str)  # sign id, answer
    worded = Signal(str, str)  # sign id, words
    removed = Signal(str)
    left = Signal()  # back to the entry field
    stepped = Signal(int)  # to the row above or below

    def __init__(
        self, sign_id: str, label: str, answer: str, said: str = "", *, counts: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sign_id = sign_id
        self.setObjectName(f"sign.{sign_id}")
        self.setProperty("kind", "signRow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(label)
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._hint = QLabel()
        self._hint.setProperty("tone", "muted")
        self._mark = QLabel()
        self._counts = counts
        self._buttons = QButtonGroup(self)
        self.words = _words_line(sign_id, label, said)
        self.words.textEdited.connect(lambda text: self.worded.emit(self.sign_id, text))
        self.words.returnPressed.connect(self.left)
        self._lay_out()
        self.show_answer(answer)

    def show_answer(self, answer: str) -> None:
        """Show how the sign is known; ``not_asked`` means that it is still to be said."""
        for button in self._buttons.buttons():
            button.setChecked(button.property("answer") == answer)
        present = answer in {"observed", "told", "told_by_others"}
        set_icon(self._mark, "dot-full" if present else "dot-open", "accent" if present else "muted", 14)
        self._hint.setVisible(answer == "not_asked" or not self._counts)
        ask, kept = _("How is it known? One key: o, t, h or n"), _("Not part of this list; kept in the note")
        self._hint.setText(ask if self._counts else kept)

    def write_words(self) -> None:
        """Open the line for words on this sign."""
        self.words.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = ANSWER_KEYS.get(event.text().lower())
        key = event.key()
        if answer is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._answer(answer)
            self.left.emit()
        elif event.text().lower() == WORDS_KEY and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write_words()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.sign_id)
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _answer(self, answer: str) -> None:
        self.show_answer(answer)
        self.answered.emit(self.sign_id, answer)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 5, 4, 3)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        self._mark.setFixedHeight(self._label.fontMetrics().height())  # level with the first line
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._label, 0, 1, Qt.AlignmentFlag.AlignTop)
        worded = self._button("edit", _("Words on this sign"), "W", self.write_words)
        grid.addWidget(worded, 0, 2, Qt.AlignmentFlag.AlignTop)
        taken = self._button("close", _("Take this sign away"), _("Delete"), lambda: self.removed.emit(self.sign_id))
        grid.addWidget(taken, 0, 3, Qt.AlignmentFlag.AlignTop)
        for line, part in enumerate((self._answers(), self.words, self._hint), 1):
            grid.addWidget(part, line, 1, 1, 3)
        grid.setColumnStretch(1, 1)

    def _button(self, icon: str, name: str, key: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(f"{name} ({key})")
        button.setAccessibleName(name)
        set_icon(button, icon, "muted", 14)
        button.setFixedSize(28, 24)
        button.clicked.connect(lambda _on=False: act())
        return button

    def _answers(self) -> QWidget:
        answers = QWidget()
        row = FlowLayout(answers, 2)
        for key, answer in ANSWER_KEYS.items():
            button = QPushButton(answer_name(answer))
            button.setCheckable(True)
            button.setProperty("kind", "answer")
            button.setProperty("answer", answer)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(_("Key: {key}").format(key=key))
            button.clicked.connect(lambda _on=False, answer=answer: self._answer(answer))
            bold = button.font()
            bold.setWeight(bold.Weight.DemiBold)  # as the style sheet shows the chosen one; it must not be cut
            button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(button.text()) + ANSWER_ROOM)
            self._buttons.addButton(button)
            row.addWidget(button)
        return answers


def _words_line(sign_id: str, label: str, said: str) -> QLineEdit:
    line = QLineEdit(said)
    line.setObjectName(f"words.{sign_id}")
    line.setPlaceholderText(_("what exactly, in your own words"))
    line.setAccessibleName(_("Words on: {sign}").format(sign=label))
    if not said:  # never shown without a parent: it would be a window
        line.hide()
    return line
