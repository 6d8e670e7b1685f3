"""A line for a passphrase of words: each word needs only its first letters, Space goes on; shown as dots."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_1, SPACE_2
from ui.widgets.buttons import icon_button

Completer = Callable[[str], str | None]
MARK_TONES = {"known": "calm", "begun": "accent", "empty": "muted"}


class WordLine(QLineEdit):
    """Tells when caps lock seems to be on: a letter came out large without Shift, or small with it."""

    caps_lock_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(text.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_seen.emit(False)
        super().keyPressEvent(event)


class WordEntry(QWidget):
    """Below the line stands one mark per word: empty, begun, or known."""

    submitted = Signal()
    edited = Signal()
    caps_lock_seen = Signal(bool)

    def __init__(self, name: str, show_words: str, words: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._complete: Completer = lambda _letters: None
        self.line = WordLine()
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = icon_button("eye", show_words)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self.show_words)
        self._marks = [_Mark() for _each in range(words)]
        self._lay_out()
        self.line.textChanged.connect(self._changed)
        self.line.returnPressed.connect(self.submitted)
        self.line.caps_lock_seen.connect(self.caps_lock_seen)
        self.setFocusProxy(self.line)

    def set_completer(self, complete: Completer) -> None:
        """Complete words by this function from now on."""
        self._complete = complete
        self._changed()

    def show_words(self, shown: bool) -> None:
        """Show letters instead of dots."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        set_icon(self._eye, "eye-off" if shown else "eye")
        self._eye.setChecked(shown)

    def typed(self) -> str:
        """Return what stands in the line."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the line, also what undo would bring back."""
        self.line.setText("")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self._changed()
        return super().event(event)

    def _changed(self) -> None:
        pieces = self.line.text().split()
        for at, mark in enumerate(self._marks):
            piece = pieces[at] if at < len(pieces) else ""
            mark.set_state("known" if piece and self._complete(piece) else "begun" if piece else "empty")
        self.edited.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_1)
        line.addWidget(self.line, 1)
        line.addWidget(self._eye)
        marks = QHBoxLayout()
        marks.setSpacing(SPACE_2)
        for mark in self._marks:
            marks.addWidget(mark)
        marks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(line)
        column.addLayout(marks)


class _Mark(QLabel):
    """One word's state, told by shape and colour; it never shows a letter or a length."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.state = ""
        self.set_state("empty")

    def set_state(self, state: str) -> None:
        if state == self.state:
            return
        self.state = state
        set_icon(self, f"mark-{state}", MARK_TONES[state], 16)
