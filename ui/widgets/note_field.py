"""A field for many words; more than fits is not let in, because laying it out would hold the window still."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class NoteField(QPlainTextEdit):
    """Tab leaves it. What is pasted stays out as a whole when it would not fit; what stands there stays."""

    too_long = Signal()

    def __init__(self, name: str, most_letters: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most_letters
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    def insertFromMimeData(self, source: QMimeData) -> None:
        kept = self.document().characterCount() - len(self.textCursor().selectedText())
        if kept + len(source.text()) > self._most:
            self.too_long.emit()
        else:
            super().insertFromMimeData(source)
