"""A quiet line that opens what is needed only now and then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_2
from ui.widgets.buttons import PlainButton


class Disclosure(QWidget):
    """Enter or Space opens and closes; what is inside keeps its values."""

    opened = Signal()

    def __init__(self, name: str, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = PlainButton(name)
        self.button.setProperty("kind", "disclosure")
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setAccessibleName(name)
        self.inside = inside
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(inside)
        self.button.toggled.connect(self._toggled)
        self._toggled(False)

    def set_open(self, is_open: bool) -> None:
        """Open or close."""
        self.button.setChecked(is_open)

    def _toggled(self, is_open: bool) -> None:
        self.inside.setVisible(is_open)
        set_icon(self.button, "chevron-down" if is_open else "chevron-right", "accent", 14)
        if is_open:
            self.opened.emit()
