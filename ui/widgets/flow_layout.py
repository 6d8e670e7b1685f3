"""A layout that puts its items one after another and begins a new line when the line is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.tokens import SPACE_2


class FlowLayout(QLayout):
    """Left to right, or right to left where the language runs that way."""

    def __init__(self, parent: QWidget | None = None, gap: int = SPACE_2) -> None:
        super().__init__(parent)
        self._rows: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._rows.append(item)

    def count(self) -> int:
        return len(self._rows)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._rows.pop(index) if 0 <= index < len(self._rows) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._rows:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        owner = self.parentWidget()
        mirrored = owner is not None and owner.isRightToLeft()
        x, y, line_height = 0, 0, 0
        for item in self._rows:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width()) if rect.width() > 0 else hint.width()
            if x > 0 and x + width > rect.width():
                x, y, line_height = 0, y + line_height + self._gap, 0
            if move:
                left = rect.right() + 1 - x - width if mirrored else rect.x() + x
                item.setGeometry(QRect(QPoint(left, rect.y() + y), QSize(width, hint.height())))
            x += width + self._gap
            line_height = max(line_height, hint.height())
        return y + line_height
