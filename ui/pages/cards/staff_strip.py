"""The strip under a card for the worker: the same words in her language, the keys, and that it is a draft."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_1, SPACE_2, SPACE_5
from ui.widgets.text import WrappingLabel


class StaffStrip(QFrame):
    """Always left to right, in the language of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.words, self.keys = WrappingLabel(), WrappingLabel()
        self.keys.setProperty("tone", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_2, SPACE_5, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(self.words)
        column.addWidget(self.keys)

    def say(self, words: str, keys: str, *, draft: bool) -> None:
        """Show the worker's words and what the keys do."""
        self.words.setText(words)
        marks = [_("Draft translation, not checked by anyone yet.")] if draft else []
        self.keys.setText(" ".join([*marks, keys]))
