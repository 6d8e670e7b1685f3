"""A page's usual shape: a title with a filter and a button, a list, and what was chosen beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.begins_at import BeginsAt
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_table import RowTable
from ui.widgets.text import page_title


class ListAndDetail(BeginsAt):
    """The detail is hidden until it is opened; an empty list teaches. ``new`` is None where nothing is made by hand."""

    filtered = Signal(str)

    def __init__(
        self,
        title: str,
        filter_words: str,
        new: QPushButton | None,
        table: RowTable,
        detail: QWidget,
        empty: EmptyState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table, self.detail = table, detail
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(filter_words)
        self.filter.setAccessibleName(filter_words)
        self.filter.setFixedWidth(220)
        self.filter.textEdited.connect(self.filtered)
        self._split = side_by_side(table, detail)
        self._empty = empty
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(self._top(title, new))
        column.addWidget(self._stack, 1)
        self.setFocusProxy(table)

    def _top(self, title: str, new: QPushButton | None) -> QHBoxLayout:
        self._filters = top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(page_title(title))
        top.addStretch(1)
        top.addWidget(self.filter)
        if new is not None:
            top.addWidget(new)
        return top

    def add_filter(self, widget: QWidget) -> None:
        """Put a further filter before the line of words."""
        self._filters.insertWidget(self._filters.indexOf(self.filter), widget)

    def show_empty(self, *, is_empty: bool) -> None:
        """Teach instead of listing, while there is nothing to list, to look for or to fill in."""
        teach = is_empty and not self.filter.text() and not self.detail.isVisibleTo(self._split)
        self._stack.setCurrentWidget(self._empty if teach else self._split)

    def open_detail(self) -> None:
        """Show the second half."""
        self._stack.setCurrentWidget(self._split)
        self.detail.show()

    def close_detail(self) -> bool:
        """Hide the second half; return whether it was shown."""
        shown = self.detail.isVisibleTo(self._split)
        self.detail.hide()
        self.table.setFocus()
        return shown


def side_by_side(table: QWidget, detail: QWidget) -> QSplitter:
    """Return a list with what was chosen beside it, hidden until something is."""
    split = QSplitter()
    split.setHandleWidth(SPACE_3)
    split.setChildrenCollapsible(False)
    for place, part in enumerate((table, detail)):
        split.addWidget(part)
        split.setStretchFactor(place, 1)
    detail.hide()
    return split
