"""A page's usual shape: a title with a filter and a button, a list, and what was chosen beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.begins_at import BeginsAt
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_table import RowTable
from ui.widgets.text import page_title

FILTER_WIDTH = 220  # pixels
LEAST_FILTER = 100  # pixels; what of it stays on a small screen
GROWS_FIRST = 20  # as a stretch factor: the line of words has its width before the room beside the title has any


class ListAndDetail(BeginsAt):
    """The detail is hidden until it is opened; an empty list teaches. ``new`` is None where nothing is made by hand.

    ``filters`` stand before the line of words. Narrower than ``alone_below`` pixels the detail stands in place of
    the list. Tab goes as one reads: the line at the top, the list, the detail.
    """

    filtered = Signal(str)

    def __init__(
        self, title: str, filter_words: str, new: QPushButton | None, table: RowTable, detail: QWidget,
        empty: EmptyState, *, filters: Sequence[QWidget] = (), filter_width: int = FILTER_WIDTH, alone_below: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.table, self.detail = table, detail
        self._alone_below = alone_below
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(filter_words)
        self.filter.setAccessibleName(filter_words)
        self.filter.setMinimumWidth(LEAST_FILTER)
        self.filter.setMaximumWidth(filter_width)
        self.filter.textEdited.connect(self.filtered)
        self._split = side_by_side(table, detail)
        self._empty = empty
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(self._top(title, filters, new))
        column.addWidget(self._stack, 1)
        self.setFocusProxy(table)

    def _top(self, title: str, filters: Sequence[QWidget], new: QPushButton | None) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(page_title(title))
        top.addStretch(1)
        for part in (*filters, self.filter, *([] if new is None else [new])):  # Tab follows the order put in
            top.addWidget(part, GROWS_FIRST if part is self.filter else 0)
        return top

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def show_empty(self, *, is_empty: bool) -> None:
        """Teach instead of listing, while there is nothing to list, to look for or to fill in."""
        teach = is_empty and not self.filter.text() and not self.detail.isVisibleTo(self._split)
        self._stack.setCurrentWidget(self._empty if teach else self._split)

    def open_detail(self) -> None:
        """Show the second half."""
        self._stack.setCurrentWidget(self._split)
        self.detail.show()
        self._share()

    def close_detail(self) -> bool:
        """Hide the second half; return whether it was shown."""
        shown = self.detail.isVisibleTo(self._split)
        self.hide_detail()
        self.table.setFocus()
        return shown

    def hide_detail(self) -> None:
        """Hide the second half and leave the keyboard where it is."""
        self.detail.hide()
        self._share()

    def _share(self) -> None:
        """Give list and detail the room there is: beside each other, or the detail alone."""
        self.table.setVisible(self.width() >= self._alone_below or self.detail.isHidden())


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
