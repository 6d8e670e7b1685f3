"""A table whose rows are fetched 200 at a time, as the list is scrolled to its end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from outreach_app.i18n import gettext as _

PAGE_ROWS = 200
ROW_ID = int(Qt.ItemDataRole.UserRole)
ASKED = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole), ROW_ID})  # of many more roles

AnyIndex = QModelIndex | QPersistentModelIndex


class PagedRows(QAbstractTableModel):
    """A subclass says what a row's key and its texts are; ``more_wanted`` is called with the number of rows held."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        """``heads`` are marked for translation and looked up when they are shown."""
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: list[Any] = []
        self._whole = True
        self.more_wanted: Callable[[int], None] | None = None
        self._asked_from = -1

    @abstractmethod
    def key_of(self, row: Any) -> str:
        """Return what names a row."""

    @abstractmethod
    def text_of(self, row: Any, column: int) -> str:
        """Return what is shown of a row."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace everything by the first page."""
        self.beginResetModel()
        self._rows = list(rows)
        self._whole = len(rows) < PAGE_ROWS
        self._asked_from = -1
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Add the next page below."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self._whole = len(rows) < PAGE_ROWS

    def id_at(self, row: int) -> str:
        """Return the key of ``row``."""
        return self.key_of(self._rows[row])

    def row_of(self, key: str) -> int:
        """Return the row with this key, or -1."""
        return next((place for place, row in enumerate(self._rows) if self.key_of(row) == key), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and not self._whole and self._asked_from != len(self._rows)

    def fetchMore(self, parent: AnyIndex) -> None:
        if not parent.isValid() and self.more_wanted is not None:
            self._asked_from = len(self._rows)
            self.more_wanted(len(self._rows))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> str | None:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(self._heads[section]) if shown else None

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> str | None:
        if role not in ASKED or not index.isValid():
            return None
        row = self._rows[index.row()]
        return self.key_of(row) if role == ROW_ID else self.text_of(row, index.column())
