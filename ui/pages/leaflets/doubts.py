"""What is not sure about the numbers and places on a leaflet: how many things, and what they are when opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.models.leaflets_words import doubts_words
from ui.widgets.disclosure import Disclosure
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words

MOST_HEIGHT = 112  # pixels of the words; more of them scroll, with the arrow keys too


class Doubts(Disclosure):
    """Hidden while there is nothing to know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._room = ScrollColumn()
        self._room.setProperty("kind", "reading")
        self._room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = words(tone="muted")
        self._room.add(self._words)
        self._sentences: tuple[str, ...] = ()
        super().__init__("", self._room, parent)
        self.opened.connect(self._fit)
        self.hide()

    def show_doubts(self, sentences: Sequence[str]) -> None:
        """Offer to read these; none takes the line away."""
        if tuple(sentences) != self._sentences:
            self.set_open(False)
        self._sentences = tuple(sentences)
        self._words.setText("\n".join(sentences))
        self.button.setText(doubts_words(len(sentences)))
        self.button.setAccessibleName(doubts_words(len(sentences)))
        self._room.setAccessibleName("\n".join(sentences))
        self.setVisible(bool(sentences))
        self._fit()

    def text(self) -> str:
        """Return all that is said when it is open."""
        return self._words.text()

    def _fit(self) -> None:
        margins = self._room.column.contentsMargins()
        width = max(1, self.width() - margins.left() - margins.right() - 4)
        needed = self._words.heightForWidth(width) + margins.top() + margins.bottom() + 4
        self._room.setFixedHeight(min(needed, MOST_HEIGHT))
