"""A calm table of rows: no grid, whole rows chosen, Enter or a double click opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

ROW_HEIGHT = 38
LAST_COLUMN = 90  # pixels the last column needs to be worth showing


class RowTable(QTableView):
    """``opened`` carries the row; the last column takes the room that is left, after the one that may grow."""

    opened = Signal(int)

    def __init__(
        self, model: QAbstractItemModel, widths: Sequence[int], parent: QWidget | None = None, *,
        grows: int = 0, most: int = 0, last_least: int = LAST_COLUMN,
    ) -> None:  # fmt: skip
        """The column ``grows`` may become ``most`` wide while the last one keeps ``last_least``; pixels."""
        super().__init__(parent)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        self._widths = tuple(widths)
        self._grows, self._most, self._last_least = grows, most, last_least
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns from the right while there is no room for them."""
        super().resizeEvent(event)
        room = self.viewport().width()
        used = 0
        for column, width in enumerate((*self._widths, LAST_COLUMN)):
            used += width
            self.setColumnHidden(column, used > room and column > 0)
        if self._most:
            spare = room - sum(self._widths) - self._last_least
            self.setColumnWidth(self._grows, min(self._most, self._widths[self._grows] + max(0, spare)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
