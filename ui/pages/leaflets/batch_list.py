"""The batch: what goes to the printer together, with copies to change, and the paper it takes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.models.leaflets_batch import Batch
from ui.pages.leaflets.copies_box import CopiesBox
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, icon_button, primary_button
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, words

ROW_HEIGHT = 40
ROWS_SEEN = 3


class _Row(QWidget):
    """One line: how many, what, and a cross; Delete takes it out."""

    copies_changed = Signal(int)
    removed = Signal()

    def __init__(self, name: str, copies: int) -> None:
        super().__init__()
        self.setMinimumHeight(ROW_HEIGHT)
        self.copies = CopiesBox(copies)
        self.copies.setAccessibleName(_("Copies: {name}").format(name=name))
        self.copies.valueChanged.connect(self.copies_changed)
        self.remove = icon_button("close", _("Take out of the batch: {name}").format(name=name))
        self.remove.clicked.connect(self.removed)
        self.name = words(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.copies)
        row.addWidget(self.name, 1)
        row.addWidget(self.remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class BatchList(QFrame):
    """Holds the batch; what it was before is kept for whoever offers to undo."""

    changed = Signal()
    taken_out = Signal(str, object)  # the name, and what brings it back

    def __init__(self, name_of: Callable[[LeafletRequest], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._name_of = name_of
        self._batch = Batch()
        self._rows: list[_Row] = []
        self._rows_seen = ROWS_SEEN
        self.heading = section_heading(_("Batch"))
        self.total = words(tone="muted")
        self.hint = words(_("Ctrl+B puts what is chosen here; then everything is printed as one job."), tone="muted")
        self.print_all = primary_button(_("Print all"), "Ctrl+Shift+P", icon="print")
        self.save_all = button(_("Save all as PDF"), "Ctrl+Shift+S", icon="save")
        self._lay_out()
        self.show_batch(Batch())

    def batch(self) -> Batch:
        """Return what is in it."""
        return self._batch

    def add(self, request: LeafletRequest, copies: int) -> None:
        """Put a leaflet in, or more copies of one that is there."""
        self.show_batch(self._batch.with_more(request, copies))

    def show_batch(self, batch: Batch) -> None:
        """Show another batch; the keyboard stays on the same line."""
        at = next((row for row, each in enumerate(self._rows) if _has_keyboard(each)), -1)
        self._batch = batch
        for row in self._rows:
            self._lines.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(place) for place in range(len(batch.lines))]
        stops = [self.print_all, *(part for row in self._rows for part in (row.copies, row.remove))]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)  # what is made later would stand behind everything in the window
        self._fit()
        for part in (self._lines, self.print_all, self.save_all, self.total):
            part.setVisible(bool(self._rows))
        self.hint.setVisible(not self._rows)
        if at >= 0 and self._rows:
            self._rows[min(at, len(self._rows) - 1)].copies.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_rows(self, most: int) -> None:
        """Show so many lines at once; the others scroll."""
        self._rows_seen = most
        self._fit()

    def _fit(self) -> None:
        self._lines.setFixedHeight(min(self._rows_seen, len(self._rows)) * ROW_HEIGHT + 4)

    def rows(self) -> tuple[_Row, ...]:
        """Return the lines shown."""
        return tuple(self._rows)

    def remove(self, row: int) -> None:
        """Take a line out and offer to bring it back."""
        before = self._batch
        self.show_batch(before.without(row))
        self.taken_out.emit(self._name_of(before.lines[row].request), lambda: self.show_batch(before))

    def say_total(self, sentence: str) -> None:
        """Say how many leaflets on how much paper."""
        self.total.setText(sentence)

    def _row(self, place: int) -> _Row:
        line = self._batch.lines[place]
        row = _Row(self._name_of(line.request), line.copies)
        row.copies_changed.connect(lambda copies: self._set_copies(place, copies))
        row.removed.connect(lambda: self.remove(place))
        self._lines.add(row)
        return row

    def _set_copies(self, place: int, copies: int) -> None:
        self._batch = self._batch.with_copies(place, copies)
        self.changed.emit()

    def _lay_out(self) -> None:
        self._lines = ScrollColumn(gap=0)
        self._lines.column.setContentsMargins(0, 2, SPACE_2, 2)
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(self.heading)
        top.addWidget(self.total, 1)
        top.addWidget(self.hint, 1)
        top.addWidget(self.save_all)
        top.addWidget(self.print_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._lines)


def _has_keyboard(row: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and row.isAncestorOf(focused)
