"""The timeline of a contact: what happened, latest first, a part at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.timeline_words import TimelineRow, TimelineWords
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_2
from ui.widgets.buttons import quiet_button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.timelines import TimelinePart

PART = 12  # rows that fill the column at 1366x768; more come with a key
VIEW_OF = {
    "consent": "agreed", "consent_withdrawn": "agreed", "referral": "referrals", "decision": "pathway",
    "date": "pathway", "plan_step": "plan", "stay_entered": "stays", "stay_left": "stays", "merge": "names",
    "split": "names",
}  # fmt: skip


class TimelineView(ContactView):
    """Encounters, agreements, referrals, decisions, dates and stays; "Show older" adds a part below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words = TimelineWords(Words(context.program.code_lists), lambda: context.program.clock.local_now().date())
        self._contact_id = ""
        self._rows: tuple[TimelineRow, ...] = ()
        self._wanted = PART
        self.list = ListCard("", _("No note about this contact yet. “New encounter” above begins one with her."))
        self.list.heading.hide()
        self.older = quiet_button(_("Show older"), icon="chevron-down")
        scroll = ScrollColumn(gap=SPACE_2)
        scroll.add(self.list)
        scroll.column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.older.hide()
        self.older.clicked.connect(self._show_older)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id, self._wanted = contact.id, PART
        self.list.show_rows([])
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.encounters or changes.contacts or changes.casework:
            self._ask()

    def focus_first(self) -> None:
        self.list.focus_first()

    def rows(self) -> tuple[TimelineRow, ...]:
        """Return what is shown."""
        return self._rows

    def _show_older(self) -> None:
        self._wanted += PART * 2
        self._ask()

    def _ask(self) -> None:
        contact_id, wanted = self._contact_id, self._wanted
        self.context.ask(
            lambda session: session.timelines.list_timeline(contact_id, limit=wanted), self._show, owner=self
        )

    def _show(self, part: TimelinePart) -> None:
        self._rows = part.rows
        self.list.show_rows([self._row(row) for row in part.rows])
        self.older.setVisible(part.more)

    def _row(self, row: TimelineRow) -> ListRow:
        words = self._words
        if row.kind == "encounter":
            return ListRow(
                words.first(row), words.second(row), _("Open"),
                lambda: self.context.go_to("encounters", {"encounter_id": row.id}),
            )  # fmt: skip
        view = VIEW_OF[row.kind]
        return ListRow(words.first(row), words.second(row), _("Open"), lambda: self.view_requested.emit(view))
