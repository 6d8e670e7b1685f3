"""The timeline of a contact: what happened, latest first, a part at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.encounter_rows import where_in_words
from ui.models.note_words import short_outcome
from ui.models.rows import EncounterRow
from ui.pages.contacts.views import ContactView
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn


class TimelineView(ContactView):
    """Encounters, latest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words = Words(context.program.code_lists)
        self._contact_id = ""
        self.list = ListCard(_("Timeline"), _("No note about this contact yet."))
        scroll = ScrollColumn()
        scroll.add(self.list)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self.list.show_rows([])
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.encounters or changes.contacts or changes.casework:
            self._ask()

    def focus_first(self) -> None:
        self.list.setFocus()

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: session.contacts.timeline(contact_id), self._show, owner=self)

    def _show(self, rows: Sequence[EncounterRow]) -> None:
        self.list.show_rows([self._row(row) for row in rows])

    def _row(self, row: EncounterRow) -> ListRow:
        today = self.context.program.clock.local_now().date()
        parts = (where_in_words(row, self._words), short_outcome(row.outcome), isolated(row.first_words))
        return ListRow(
            day_in_words(row.shift_date, today), " · ".join(part for part in parts if part and part != "–"),
            _("Open"), lambda: self.context.go_to("encounters", {"encounter_id": row.id}),
        )  # fmt: skip
