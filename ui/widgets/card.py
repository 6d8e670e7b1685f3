"""A card: a heading, a quiet sentence below it, and room for what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import WrappingLabel, section_heading, words

_WORDS_SHARE = 4  # of a line; words beside a button wrap late


class Card(QFrame):
    """``sentence`` may be shown later by ``say``; ``add`` puts a part below, ``add_row`` several side by side."""

    def __init__(self, heading: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heading = section_heading(heading)
        self.sentence = words(sentence, tone="muted")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        self.column.setSpacing(SPACE_3)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.sentence)
        self.sentence.setVisible(bool(sentence))

    def say(self, sentence: str) -> None:
        """Show another sentence; empty takes it away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def add(self, part: QWidget) -> None:
        """Put a part below what is there."""
        self.column.addWidget(part)

    def add_row(self, *parts: QWidget) -> QWidget:
        """Put parts side by side, at the beginning of their line; return the line."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        for part in parts:
            row.addWidget(part, _WORDS_SHARE if isinstance(part, WrappingLabel) else 0)
        row.addStretch(1)
        self.column.addWidget(line)
        return line

    def add_flow(self, *parts: QWidget) -> QWidget:
        """Put parts side by side, on further lines where one is too narrow; return what holds them."""
        holder = QWidget()
        flow = FlowLayout(holder)
        for part in parts:
            flow.addWidget(part)
        self.column.addWidget(holder)
        return holder
