"""The second view: every note of this laptop with how far it is on its way, by state or by a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.paged_rows import PAGE_ROWS
from ui.models.rows import JourneyRow
from ui.models.sending_rows import GROUPS, STATE, JourneyRows, group_choices
from ui.pages.sending.note_detail import NoteDetail
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import side_by_side
from ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from outreach_app.services.sending_states import JourneyState
    from outreach_app.services.session import Session

WHOLE_STATE, PLACE = 300, 170  # pixels
WIDTHS = (104, 150, 230)
FIRST = "on_their_way"
SEARCH_WIDTH = 240  # pixels
Answer = tuple[Mapping["JourneyState", int], Sequence[JourneyRow]]


class NotesView(SendingView):
    """``shown`` takes ``group``, a name of GROUPS. Rows come 200 at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        clock, found = context.program.clock, Words(context.program.code_lists)
        self.rows = JourneyRows(found, clock.local_now, self)
        self.table = RowTable(self.rows, WIDTHS, grows=STATE, most=WHOLE_STATE, last_least=PLACE)
        self.table.setAccessibleName(_("Notes on their way"))
        self.detail = NoteDetail(found, clock.local_now)
        self.groups = ChoiceRow(group_choices({}), may_be_empty=False)
        self.groups.set_value(FIRST)
        self.search = QLineEdit()
        told = _("Name, place or batch number")
        self.search.setPlaceholderText(told)
        self.search.setAccessibleName(told)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self._open_id = ""
        self._lay_out()
        self._connect()

    def shown(self, place: Mapping[str, str]) -> None:
        if place.get("group", "") in GROUPS:
            self.groups.set_value(place["group"])
        self._ask()
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and (changes.sending or changes.encounters or changes.reviews or changes.contacts):
            self._ask()

    def focus_first(self) -> None:
        self.table.setFocus()

    def go_back(self) -> bool:
        if not self.detail.isHidden():
            self._close()
            return True
        return False

    def open_row(self, row: int) -> None:
        """Show where the note of a row is."""
        self._open_id = self.rows.id_at(row)
        self.table.selectRow(row)
        self._ask_open()

    def _ask(self) -> None:
        self._context.ask(self._question(0), self._show, owner=self)
        if self._open_id:
            self._ask_open()

    def _ask_open(self) -> None:
        wanted = self._open_id
        self._context.ask(
            lambda session: session.sending_states.find_note(wanted), self._show_detail, lambda _gone: self._close(),
            owner=self,
        )  # fmt: skip

    def _question(self, offset: int) -> Callable[[Session], Answer]:
        """Return what is asked of the vault for a page of rows; the search may be narrowed before it is answered."""
        states, words = GROUPS[self.groups.value()][1], self.search.text()

        def ask(session: Session) -> Answer:
            found = session.sending_states.list_notes(states, words, limit=PAGE_ROWS, offset=offset)
            return session.sending_states.count_notes(), found

        return ask

    def _show(self, answer: Answer) -> None:
        counts, rows = answer
        self.groups.set_options(group_choices(counts))
        self.rows.show_rows(rows)
        at = self.rows.row_of(self._open_id)
        if at >= 0 or rows:
            self.table.selectRow(max(0, at))
        self._stack.setCurrentWidget(self._split if rows or not self.detail.isHidden() else self._empty)
        self._teach(sum(counts.values()))

    def _teach(self, every: int) -> None:
        looked_for = self.search.text().strip()
        if looked_for:
            told = _("No note of this group has “{words}” in its name or place.").format(words=looked_for)
        elif not every:
            told = _("What you finish appears here, with how far it is.")
        else:
            told = _("No note is in this group.")
        self._empty.sentence.setText(told)

    def _show_detail(self, row: JourneyRow) -> None:
        if row.id == self._open_id:
            self.detail.show_note(row)
            self.detail.show()

    def _close(self) -> None:
        self._open_id = ""
        self.detail.hide()
        self.table.setFocus()

    def _connect(self) -> None:
        self.groups.changed.connect(lambda _group: self._ask())
        self.search.textEdited.connect(lambda _text: self._ask())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(self.open_row)
        self.rows.more_wanted = self._more
        self.detail.closed.connect(self._close)
        self.detail.look_wanted.connect(lambda note: self.view_wanted.emit("preview", {"record_id": note}))
        self.detail.open_wanted.connect(
            lambda note: self._context.go_to("encounters", {"encounter_id": note})
        )

    def _more(self, held: int) -> None:
        self._context.ask(self._question(held), lambda answer: self.rows.add_rows(answer[1]), owner=self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(self.groups, 1)
        top.addWidget(self.search)
        self._split = side_by_side(self.table, self.detail)
        self._empty = EmptyState("sending", _("Nothing here"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
