"""One step of several: a heading, a sentence, its fields, and whether the worker may go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.tokens import SPACE_4
from ui.widgets.text import page_title, section_heading, words


class Step(QWidget):
    """``ready_changed`` tells the flow to look at ``ready`` again."""

    ready_changed = Signal()
    go_on_requested = Signal()

    def __init__(self, heading: str, sentence: str, *, inner: bool = False) -> None:
        """``inner``: inside a card that has a heading of its own, so this one is smaller."""
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_4)
        self.column.addWidget(section_heading(heading) if inner else page_title(heading))
        self.column.addWidget(words(sentence, tone="muted"))

    def ready(self) -> bool:
        """Tell whether everything asked for is there."""
        return True

    def begin(self) -> bool:
        """Put the keyboard into the first field; False where there is nothing to type."""
        return False
