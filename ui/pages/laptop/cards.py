"""What most views of this page are: cards below each other in a column that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Context
from ui.page import Page
from ui.tokens import SPACE_3
from ui.widgets.scroll_column import ScrollColumn

WIDEST = 860  # pixels; wider, a row's button would stand far from its words


class CardView(Page):
    """Subclasses make their cards and ``put`` them; the page in front calls what every Page has."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._scroll = ScrollColumn(gap=SPACE_3, widest=WIDEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def put(self, *cards: QWidget) -> None:
        """Show these cards below each other."""
        for card in cards:
            self._scroll.add(card)
        self._scroll.column.addStretch(1)
