"""What most views of this page are: cards below each other in a column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.context import Context
from ui.dialogs.new_passphrase import NewPassphrase
from ui.page import Page
from ui.tokens import SPACE_3, SPACE_5
from ui.widgets.ask_panel import AskPanel
from ui.widgets.scroll_column import ScrollColumn

WIDEST = 860  # pixels; wider, a row's button would stand far from its words

LAID_OUT = 40  # milliseconds; words that wrap find their height in a second pass


class CardView(Page):
    """Subclasses make their cards and ``put`` them; the page in front calls what every Page has."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._scroll = ScrollColumn(gap=SPACE_3, widest=WIDEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def put(self, *cards: QWidget) -> None:
        """Show these cards below each other."""
        for card in cards:
            self._scroll.add(card)
        self._scroll.column.addStretch(1)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what gets the keyboard into view, with the whole question it belongs to; once it has its place."""
        if now is not None and self._scroll.isAncestorOf(now):
            QTimer.singleShot(LAID_OUT, self, lambda: self._bring_into_view(now))

    def _bring_into_view(self, now: QWidget) -> None:
        if not isValid(now) or not self._scroll.isAncestorOf(now):
            return
        around = now.parentWidget()
        while around is not None and around is not self and not isinstance(around, AskPanel | NewPassphrase):
            around = around.parentWidget()
        if around is not None and around is not self:
            self._scroll.ensureWidgetVisible(around, 0, SPACE_5)
        self._scroll.ensureWidgetVisible(now, 0, SPACE_5)
