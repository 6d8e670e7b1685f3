"""The encounters page: newest first, found as one types in the search above, one note beside the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.codes import Words
from ui.models.encounter_rows import EncounterRows
from ui.models.paged_rows import PAGE_ROWS
from ui.models.rows import EncounterRow
from ui.page import Page
from ui.pages.encounters.note_view import NoteView
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import side_by_side
from ui.widgets.row_table import RowTable
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.notes import Note

TYPING_PAUSE_MS = 120
WIDTHS = (104, 232, 130, 190, 140)


class EncountersPage(Page):
    """``shown`` takes ``encounter_id`` to open a note."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = Words(context.program.code_lists)
        self.rows = EncounterRows(words, lambda: context.program.clock.local_now().date(), self)
        self.rows.more_wanted = self._ask_more
        self.table = RowTable(self.rows, WIDTHS)
        self.table.setAccessibleName(_("Encounters"))
        self.note = NoteView(context)
        self.note.hide()
        self.found = QLabel()
        self.found.setProperty("tone", "muted")
        self.new = button(_("New encounter"), icon="plus")
        self._searched = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Encounters")

    def shown(self, place: Mapping[str, str]) -> None:
        self._ask()
        if place.get("encounter_id"):
            self.open_note(place["encounter_id"])
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.encounters or changes.sending or changes.contacts or changes.places:
            self._ask()

    def go_back(self) -> bool:
        if self.note.isVisible():
            if not self.note.leave_blanking():
                self._close_note()
            return True
        return False

    def open_note(self, encounter_id: str) -> None:
        """Show a note beside the list."""
        self._context.ask(lambda session: session.encounters.find_encounter(encounter_id), self._show_note, owner=self)

    def search(self, text: str) -> None:
        """Show what holds every word of ``text``; nothing typed shows everything."""
        self._searched = text.strip()
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        text = self._searched
        if text:
            self._context.ask(
                lambda session: session.search.search(text, PAGE_ROWS - 1),
                lambda rows: self._show_found(text, rows), owner=self,
            )  # fmt: skip
            return
        most = max(PAGE_ROWS, self.rows.rowCount())
        self._context.ask(
            lambda session: (session.encounters.list_encounters(limit=most), session.encounters.count_encounters()),
            lambda answer: self._show_all(*answer), owner=self,
        )  # fmt: skip

    def _ask_more(self, offset: int) -> None:
        if not self._searched:
            self._context.ask(
                lambda session: session.encounters.list_encounters(limit=PAGE_ROWS, offset=offset),
                self.rows.add_rows, owner=self,
            )  # fmt: skip

    def _show_all(self, rows: Sequence[EncounterRow], count: int) -> None:
        if self._searched:
            return
        self.found.setText(ngettext("{count} note", "{count} notes", count).format(count=count) if count else "")
        self._show_rows(rows)
        self._stack.setCurrentWidget(self._split if rows else self._empty)

    def _show_found(self, text: str, rows: Sequence[EncounterRow]) -> None:
        if text != self._searched:
            return
        found = ngettext("{count} note found", "{count} notes found", len(rows)).format(count=len(rows))
        self.found.setText(found)
        self._show_rows(rows)
        self._stack.setCurrentWidget(self._split if rows else self._none_found)

    def _show_rows(self, rows: Sequence[EncounterRow]) -> None:
        """Show rows and keep the place in the list."""
        current = self.table.currentIndex()
        chosen = self.rows.id_at(current.row()) if current.isValid() else ""
        height = self.table.verticalScrollBar().value()
        self.rows.show_rows(rows)
        row = self.rows.row_of(chosen) if chosen else 0  # so that Enter opens the first one at once
        if 0 <= row < self.rows.rowCount():
            self.table.selectRow(row)
        self.table.verticalScrollBar().setValue(height)

    def _show_note(self, note: Note) -> None:
        self.note.show()
        self.note.show_note(note)
        row = self.rows.row_of(note.id)
        if row >= 0:
            self.table.selectRow(row)

    def _close_note(self) -> None:
        self.note.hide()
        self.table.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(page_title(self.title()))
        top.addWidget(self.found)
        top.addStretch(1)
        top.addWidget(self.new)
        self._split = side_by_side(self.table, self.note)
        start = primary_button(_("New encounter"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("Each meeting with one person becomes one note here. No name is needed.")
        self._empty = EmptyState("encounters", _("No notes yet"), purpose, start)
        self._none_found = EmptyState(
            "search", _("Nothing found"), _("Try fewer or shorter words. Words, codes, places and signs are searched.")
        )
        self._stack = QStackedWidget()
        for part in (self._split, self._empty, self._none_found):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.opened.connect(lambda row: self.open_note(self.rows.id_at(row)))
        self.note.closed.connect(self._close_note)
        self.note.blanked.connect(self.open_note)
        self.note.amend_requested.connect(lambda note_id: self._context.go_to("encounter", {"amend": note_id}))
        self.new.clicked.connect(lambda: self._context.go_to("encounter", {"new": "1"}))
        self._context.navigation.search_changed.connect(self.search)
