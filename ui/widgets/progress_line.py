"""Long work: how far it is in counts, a thin bar, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.tokens import SPACE_1, SPACE_3
from ui.widgets.buttons import quiet_button
from ui.widgets.text import words


class ProgressLine(QWidget):
    """The caller gives the words ("14 of 52 sealed"); unknown length shows a moving bar."""

    cancel_requested = Signal()

    def __init__(self, cancel_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = quiet_button(cancel_words)
        self._cancel.clicked.connect(self.cancel_requested)
        self.setFocusProxy(self._cancel)
        column = QVBoxLayout()
        column.setSpacing(SPACE_1)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self._cancel.setVisible(bool(cancel_words))  # only now: shown without a parent it would be a window

    def set_progress(self, sentence: str, done: int = 0, total: int = 0) -> None:
        """Show the sentence and the bar; ``total`` 0 means the length is unknown."""
        self._words.setText(sentence)
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(min(done, total))
        self._bar.setAccessibleName(sentence)

    def text(self) -> str:
        """Return what is said at present."""
        return self._words.text()
