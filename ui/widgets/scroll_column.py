"""A column that scrolls by itself when its fields need more room than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.tokens import SPACE_1, SPACE_2

NO_LIMIT = 16_777_215  # Qt's own "no limit"


class ScrollColumn(QScrollArea):
    """Widgets below each other; never wider than the column, and what gets the focus is brought into view."""

    def __init__(self, parent: QWidget | None = None, gap: int = SPACE_2, widest: int = NO_LIMIT) -> None:
        """``widest``: pixels; on a wide screen what is inside stays at the beginning of the line."""
        super().__init__(parent)
        self._widest = widest
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setProperty("kind", "plain")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(2, 2, SPACE_2 + SPACE_1, 2)
        self.column.setSpacing(gap)
        self.setWidget(self._inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def add(self, widget: QWidget, stretch: int = 0) -> QWidget:
        """Add a widget below."""
        self.column.addWidget(widget, stretch)
        return widget

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Qt does this for Tab alone; a letter with Alt, or a page, gives the keyboard as well."""
        clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton  # nothing moves away under the hand
        if now is not None and not clicked and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setMaximumWidth(max(1, min(self.viewport().width(), self._widest)))


def centred(widget: QWidget) -> QHBoxLayout:
    """Return a row with the widget in its middle, as high as its width asks for."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
