"""A field for several lines of words: as high as asked for, and Tab leaves it."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

PADDING = 14  # pixels: the frame and the field's own room above and below


class WordsField(QPlainTextEdit):
    """Plain text, whatever is pasted."""

    def __init__(self, name: str, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + PADDING)

    def words(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def set_words(self, words: str) -> None:
        """Show these words without telling anyone."""
        before = self.blockSignals(True)
        self.setPlainText(words)
        self.blockSignals(before)
