"""A square code for a scanner: dark on white in either theme, whole pixels, with the quiet edge it needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_MODULES = 4  # the edge the standard asks for
SMALLEST_MODULE = 4  # pixels: a telephone reads it at arm's length


class QrCode(QWidget):
    """``show_code`` takes rows of modules, true for dark; ``name`` is what a screen reader says."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_code(self, rows: Sequence[Sequence[object]]) -> None:
        """Show these modules."""
        self._rows = tuple(tuple(bool(module) for module in row) for row in rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = (len(self._rows) + 2 * QUIET_MODULES) * SMALLEST_MODULE
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        across = len(self._rows) + 2 * QUIET_MODULES
        module = min(self.width(), self.height()) // across
        if not self._rows or not module:
            return
        side = across * module
        ground = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.fillRect(ground, QColor(Qt.GlobalColor.white))
        for down, row in enumerate(self._rows, QUIET_MODULES):
            for right, dark in enumerate(row, QUIET_MODULES):
                if dark:
                    place = QRect(ground.x() + right * module, ground.y() + down * module, module, module)
                    painter.fillRect(place, QColor(Qt.GlobalColor.black))
        painter.end()
