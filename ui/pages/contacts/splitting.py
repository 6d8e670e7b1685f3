"""Notes of a contact that are about somebody else: they are ticked, the other person gets a short name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.encounter_rows import where_in_words
from ui.models.rows import EncounterRow
from ui.tokens import SPACE_2
from ui.widgets.buttons import button
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.grouping import Regrouped

ROWS_SHOWN = 6
ROW_HEIGHT = 32


class SplitPanel(QWidget):
    """Space ticks a note; nothing happens before the other person has a name."""

    contact_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = Words(context.program.code_lists)
        self._contact: Contact | None = None
        self.notes = QListWidget()
        self.notes.setFixedHeight(ROWS_SHOWN * ROW_HEIGHT)
        self.notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name, self.reason = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(_("a name you make up for the other person"))
        self.reason.setPlaceholderText(_("how you know (may stay empty)"))
        self.split = button(_("Put them with the other person"))
        self.split.setEnabled(False)
        grid = FormGrid()
        grid.add(_("Short name"), self.name)
        grid.add(_("Why"), self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        hint = _("Tick the notes with Space. What they say stays as it was written; it can be undone.")
        for part in (words(hint, tone="muted"), self.notes, grid):
            column.addWidget(part)
        column.addWidget(self.split, 0, Qt.AlignmentFlag.AlignLeading)
        self.notes.setAccessibleName(_("Notes of this contact"))
        self.notes.itemChanged.connect(lambda _item: self._look())
        self.name.textEdited.connect(lambda _text: self._look())
        self.name.returnPressed.connect(self._split)
        self.reason.returnPressed.connect(self._split)
        self.split.clicked.connect(self._split)

    def show_contact(self, contact: Contact) -> None:
        """Offer the notes of this contact."""
        self._contact = contact
        self.keep_draft_now()
        self._context.ask(lambda session: session.contacts.timeline(contact.id), self._show, owner=self)

    def keep_draft_now(self) -> None:
        """Let go of what was typed and ticked."""
        self.name.clear()
        self.reason.clear()
        for place in range(self.notes.count()):
            self.notes.item(place).setCheckState(Qt.CheckState.Unchecked)
        self._look()

    def _show(self, rows: Sequence[EncounterRow]) -> None:
        today = self._context.program.clock.local_now().date()
        self.notes.clear()
        for row in sorted(rows, key=lambda row: row.shift_date, reverse=True):
            parts = (day_in_words(row.shift_date, today), where_in_words(row, self._words), isolated(row.first_words))
            item = QListWidgetItem(" · ".join(filter(None, parts)))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.notes.addItem(item)
        self._look()

    def _ticked(self) -> list[str]:
        items = (self.notes.item(place) for place in range(self.notes.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _look(self) -> None:
        self.split.setEnabled(bool(self.name.text().strip()) and bool(self._ticked()))

    def _split(self) -> None:
        if self._contact is None or not self.split.isEnabled():
            return
        contact_id, ticked, name, reason = self._contact.id, self._ticked(), self.name.text(), self.reason.text()
        self._context.change(
            lambda session: session.grouping.split_contact(contact_id, ticked, name, reason), self._done, owner=self
        )

    def _done(self, done: Regrouped) -> None:
        def undo() -> None:
            self._context.change(lambda session: session.grouping.undo_regrouping(done.id))

        self._context.messages.say(_("The notes stand with the other person now."), undo=undo)
        self.contact_requested.emit(done.contact_id)
