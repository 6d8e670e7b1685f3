"""How much of each kind leaves next, what that means, and a way to look at the very rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from outreach_app.i18n import gettext as _
from ui.models.outbox_words import GROUP_WORDS, group_counts
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import quiet_button
from ui.widgets.form_grid import NO_LIMIT
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.sending import OutboxSummary

COUNT_WIDTH, NAME_WIDTH = 44, 130  # pixels


class LeavingRows(QWidget):
    """A row for each group of which something leaves."""

    look_wanted = Signal(str)  # group

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, QLabel] = {}
        self.looks: dict[str, QPushButton] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(SPACE_2)
        self._grid.setColumnStretch(2, 1)
        for row, group in enumerate(GROUP_WORDS):
            self._add(row, group)

    def show_outbox(self, outbox: OutboxSummary) -> None:
        """Show the counts; groups of which nothing leaves take no room."""
        self.setVisible(outbox.total > 0)
        for group, count in group_counts(outbox).items():
            self.counts[group].setText(str(count))
            for part in self._parts[group]:
                part.setVisible(count > 0)

    def _add(self, row: int, group: str) -> None:
        name, meaning = (_(text) for text in GROUP_WORDS[group])
        count = self.counts[group] = QLabel()
        count.setProperty("kind", "section")
        count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        count.setFixedWidth(COUNT_WIDTH)
        count.setAccessibleName(name)
        label, told = words(name), words(meaning, tone="muted")
        label.setFixedWidth(NAME_WIDTH)
        told.setMaximumWidth(NO_LIMIT)  # else the grid gives the room that is left to the numbers
        look = self.looks[group] = quiet_button(_("See it"), icon="search")
        look.setAccessibleName(_("See what leaves: {name}").format(name=name))
        look.clicked.connect(lambda: self.look_wanted.emit(group))
        self._parts[group] = (count, label, told, look)
        for column, part in enumerate(self._parts[group]):
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignVCenter)
