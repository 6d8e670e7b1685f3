"""The encounters page: newest first, found as one types in the search above or narrowed here, one note beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.finding import LONGEST_WORDS, Filters
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.codes import Words
from ui.models.encounter_rows import EncounterRows
from ui.models.filter_choices import FilterChoices
from ui.models.paged_rows import PAGE_ROWS
from ui.models.rows import EncounterRow
from ui.models.signs import Signs
from ui.page import Page
from ui.pages.encounters.codes_found import CodesFound
from ui.pages.encounters.kept import KeptSearches
from ui.pages.encounters.narrowing import Narrowing
from ui.pages.encounters.note_view import NoteView
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import side_by_side
from ui.widgets.row_table import RowTable
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.notes import Note
    from outreach_app.services.searching import Found

TYPING_PAUSE_MS = 120
WIDTHS = (104, 232, 130, 190, 140)


class EncountersPage(Page):
    """``shown`` takes ``encounter_id`` to open a note, ``contact_id`` or ``place_id`` to narrow the list to theirs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = Words(context.program.code_lists)
        self.rows = EncounterRows(words, self._today, self)
        self.rows.more_wanted = self._ask_more
        self.table = RowTable(self.rows, WIDTHS)
        self.table.setAccessibleName(_("Encounters"))
        self.note = NoteView(context)
        self.note.hide()
        self.found = QLabel()
        self.found.setProperty("tone", "muted")
        self.codes = CodesFound(context)
        self.new = button(_("New encounter"), icon="plus")
        self.narrowing = Narrowing(context, FilterChoices(words, Signs(context.program.catalogues), self._today))
        self.kept = KeptSearches(context)
        self._shown_filters = Filters()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._connect()

    @property
    def filters(self) -> Filters:
        """What is looked for."""
        return self.narrowing.filters

    def title(self) -> str:
        return _("Encounters")

    def shown(self, place: Mapping[str, str]) -> None:
        narrowed = Filters(contact_id=place.get("contact_id", ""), place_id=place.get("place_id", ""))
        if narrowed:
            self._narrow(narrowed)
        else:
            self._ask()
        self.kept.ask()
        if place.get("encounter_id"):
            self.open_note(place["encounter_id"])
        else:
            self.table.setFocus()

    def focus_first(self) -> None:
        self.narrowing.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, changes: Changes) -> None:
        self.kept.refresh(changes)
        if changes.encounters or changes.sending or changes.contacts or changes.places:
            self._ask()

    def go_back(self) -> bool:
        if self.note.isVisible():
            if not self.note.leave_blanking():
                self._close_note()
            return True
        if self.filters:
            self._narrow(Filters())
            self.table.setFocus()
            return True
        return False

    def open_note(self, encounter_id: str) -> None:
        """Show a note beside the list."""
        self._context.ask(lambda session: session.encounters.find_encounter(encounter_id), self._show_note, owner=self)

    def search(self, text: str) -> None:
        """Show what holds every word of ``text`` and fits the other filters; nothing typed takes the words away."""
        self._take(replace(self.filters, words=" ".join(text.split())[:LONGEST_WORDS]))
        self._pause.start()

    def _narrow(self, filters: Filters) -> None:
        """Look for what was chosen here; the search line above shows its words."""
        self._take(filters)
        self._context.navigation.search_set.emit(filters.words)
        self._ask()

    def _take(self, filters: Filters) -> None:
        self.narrowing.show_filters(filters)
        self.kept.show_filters(filters)

    def _ask(self) -> None:
        self._pause.stop()
        filters = self.filters
        most = max(PAGE_ROWS, self.rows.rowCount()) if filters == self._shown_filters else PAGE_ROWS
        self._context.ask(
            lambda session: (
                session.search.find(filters, most), 0 if filters else session.encounters.count_encounters()
            ),
            lambda answer: self._show_found(filters, most, *answer), owner=self,
        )  # fmt: skip

    def _ask_more(self, offset: int) -> None:
        filters = self.filters
        self._context.ask(
            lambda session: session.search.find(filters, PAGE_ROWS, offset),
            lambda found: self.rows.add_rows(found.rows) if filters == self._shown_filters else None, owner=self,
        )  # fmt: skip

    def _show_found(self, filters: Filters, asked: int, found: Found, count: int) -> None:
        if filters != self.filters:
            return
        fresh, self._shown_filters = filters != self._shown_filters, filters
        self.narrowing.show_chips(found.contact_name, found.place_code)
        self.codes.show_codes(found.codes)
        self._order_tabs()
        self.found.setText(count_words(len(found.rows), asked) if filters else held_words(count))
        self._show_rows(found.rows, fresh=fresh)
        none = self._none_found if filters else self._empty
        listed = bool(found.rows) or self.note.isVisibleTo(self._split)
        lost = self._lost_keyboard(fresh=fresh)
        self._stack.setCurrentWidget(self._split if listed else none)
        self.setFocusProxy(self.table if listed or not filters else self.narrowing.field)
        if filters and not listed and lost:
            self.narrowing.field.setFocus()

    def _lost_keyboard(self, *, fresh: bool) -> bool:
        """Tell whether the keyboard is nowhere, in the list or its empty state, or on the kept search just called."""
        places = (None, *(self.kept.buttons if fresh else ()))
        focused = self.window().focusWidget()
        return focused in places or self._stack.isAncestorOf(focused)

    def _naming_ended(self) -> None:
        """Go on in the list, or where nothing was found in the field that narrows it."""
        (self.table if self.table.isVisible() else self.narrowing.field).setFocus()

    def _order_tabs(self) -> None:
        """Let Tab go from the field over chips and kept searches to the list; those shown anew were made last."""
        order = (self.narrowing.field, *self.narrowing.chips.chips(), *self.kept.stops(), self.table)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_rows(self, rows: Sequence[EncounterRow], *, fresh: bool) -> None:
        """Show rows and keep the place in the list; what was looked for just now begins at its top."""
        current = self.table.currentIndex()
        chosen = self.rows.id_at(current.row()) if current.isValid() else ""
        height = self.table.verticalScrollBar().value()
        self.rows.show_rows(rows)
        row = self.rows.row_of(chosen) if chosen else 0  # so that Enter opens the first one at once
        if fresh and row < 0:
            row = 0
        if 0 <= row < self.rows.rowCount():
            self.table.selectRow(row)
        if not fresh:
            self.table.verticalScrollBar().setValue(height)

    def _show_note(self, note: Note) -> None:
        self._stack.setCurrentWidget(self._split)
        self.note.show()
        self.note.show_note(note)
        row = self.rows.row_of(note.id)
        if row >= 0:
            self.table.selectRow(row)

    def _open_row(self, row: int) -> None:
        """Open a note of the list; while the list is of what was typed before, that would be another one."""
        if self.filters == self._shown_filters:
            self.open_note(self.rows.id_at(row))

    def _close_note(self) -> None:
        self.note.hide()
        self.table.setFocus()

    def _today(self) -> date:
        return self._context.program.clock.local_now().date()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(page_title(self.title()))
        top.addWidget(self.found)
        top.addWidget(self.codes, 1)
        top.addWidget(self.new)
        self._split = side_by_side(self.table, self.note)
        start = primary_button(_("New encounter"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("Each meeting with one person becomes one note here. No name is needed.")
        self._empty = EmptyState("encounters", _("No notes yet"), purpose, start)
        self._none_found = EmptyState(
            "search", _("Nothing found"),
            _("Try fewer or shorter words, or take a filter away; Esc takes all of them away."),
        )  # fmt: skip
        self._stack = QStackedWidget()
        for part in (self._split, self._empty, self._none_found):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self.narrowing)
        column.addWidget(self.kept)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.opened.connect(self._open_row)
        self.note.closed.connect(self._close_note)
        self.note.blanked.connect(self.open_note)
        self.note.amend_requested.connect(lambda note_id: self._context.go_to("encounter", {"amend": note_id}))
        self.new.clicked.connect(lambda: self._context.go_to("encounter", {"new": "1"}))
        self.narrowing.changed.connect(self._narrow)
        self.kept.called.connect(self._narrow)
        self.kept.ended.connect(self._naming_ended)
        self.kept.shown_anew.connect(self._order_tabs)
        self._context.navigation.search_changed.connect(self.search)


def held_words(count: int) -> str:
    """Return how many notes there are, or nothing."""
    return ngettext("{count} note", "{count} notes", count).format(count=count) if count else ""


def count_words(rows: int, asked: int) -> str:
    """Return how many notes were found; as many as were asked for means that there may be more."""
    if rows >= asked:
        return ngettext("{count} note or more found", "{count} notes or more found", rows).format(count=rows)
    return ngettext("{count} note found", "{count} notes found", rows).format(count=rows)
