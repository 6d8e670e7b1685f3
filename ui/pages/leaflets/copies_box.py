"""How many copies: a number to type or step."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.models.leaflets_batch import MOST_COPIES
from ui.tokens import SPACE_2

WIDTH = 84


class CopiesBox(QSpinBox):
    """The wheel changes nothing unless the keyboard is here; whoever enters overwrites the number."""

    def __init__(self, copies: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(1, MOST_COPIES)
        self.setValue(copies)
        self.setFixedWidth(WIDTH)
        self.lineEdit().setTextMargins(SPACE_2, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
