"""How many copies: a number to type or step."""

from __future__ import annotations

from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.models.leaflets_batch import MOST_COPIES
from ui.tokens import SPACE_2

WIDTH = 84


class CopiesBox(QSpinBox):
    """The wheel changes nothing unless the keyboard is here; whoever enters overwrites the number.

    ``cut_back``: more was typed than can be printed at once, and the most is there instead.
    """

    def __init__(self, copies: int = 1, parent: QWidget | None = None) -> None:
        self.cut_back = False
        super().__init__(parent)
        self.setRange(1, MOST_COPIES)
        self.setValue(copies)
        self.setFixedWidth(WIDTH)
        self.lineEdit().setTextMargins(SPACE_2, 0, 0, 0)

    def validate(self, typed: str, at: int) -> tuple[QValidator.State, str, int]:
        """Take the most in place of more; Qt would leave out the last digit in silence."""
        plain = typed.strip()
        if plain.isascii() and plain.isdigit():
            self.cut_back = int(plain) > MOST_COPIES or (self.cut_back and int(plain) == MOST_COPIES)
            if int(plain) > MOST_COPIES:
                return QValidator.State.Acceptable, str(MOST_COPIES), len(str(MOST_COPIES))
        state, text, place = super().validate(typed, at)
        return state, text, place

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
