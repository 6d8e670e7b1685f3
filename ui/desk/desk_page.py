"""What every page of the desk offers to its frame, and the usual shape of one: a title, a sentence, and cards below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.page import FramedPage
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import page_title

WIDEST = 980  # pixels; on a wide screen the cards stay at the beginning of the line


class DeskPage(FramedPage):
    """One page of the desk's window."""

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - most pages have no places within
        self.reread()

    def reread(self) -> None:
        """Read the register again; lists keep their place."""


class CardsPage(DeskPage):
    """``add`` puts a card into the column; ``head`` a button beside the title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._top = QHBoxLayout()
        self._top.setSpacing(SPACE_2)
        self._top.addWidget(page_title(title))
        self._top.addStretch(1)
        self.cards = ScrollColumn(gap=SPACE_3, widest=WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(self._top)
        column.addWidget(self.cards, 1)
        self.cards.column.addStretch(1)

    def focus_first(self) -> None:
        super().focus_first()
        self.read_from()

    def read_from(self, card: QWidget | None = None) -> None:
        """Scroll back to where reading begins: the keyboard further down must not take it out of sight."""
        bar = self.cards.verticalScrollBar()
        QTimer.singleShot(0, self.cards, lambda: bar.setValue(0 if card is None else card.y()))

    def bring(self, part: QWidget) -> None:
        """Scroll to a part that has only now been shown, once it has its place."""
        QTimer.singleShot(0, part, lambda: self.cards.ensureWidgetVisible(part))

    def head(self, part: QWidget) -> None:
        """Put a part beside the title."""
        self._top.addWidget(part)

    def add(self, card: QWidget) -> None:
        """Put a card below what is there."""
        self.cards.column.insertWidget(self.cards.column.count() - 1, card)
