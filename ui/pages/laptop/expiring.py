"""What leaves within the next days because its time is over; a note can be kept with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.keeping import PREVIEW_DAYS
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.dates import day_in_words
from ui.models.keeping_words import held_reason, kind_words
from ui.tokens import SPACE_3
from ui.widgets.ask_panel import AskPanel
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.services.keeping import ExpiryRow


class ExpiringCard(QWidget):
    """The list, and in its place the question why a note is to be kept."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._keeping: ExpiryRow | None = None
        heading = ngettext("Leaves within {count} day", "Leaves within {count} days", PREVIEW_DAYS)
        self.list = ListCard(heading.format(count=PREVIEW_DAYS), _("Nothing leaves by its time for now."))
        self.keep = AskPanel(
            _("Keep a note"), _("It then stays until somebody lets it go. The reason stays in the vault."), _("Keep it")
        )
        self.reason = self.keep.ask(_("Reason"))
        self.list.column.addWidget(self.keep)
        self.keep.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.list)
        self.keep.confirmed.connect(self._keep)
        self.keep.left.connect(self.leave)

    def show_expiring(self, rows: Sequence[ExpiryRow]) -> None:
        """Show these, the next first."""
        self.list.show_rows([self._row(row) for row in rows])

    def go_back(self) -> bool:
        """Leave the question; False where nothing is asked."""
        asking = self.keep.isVisible()
        self.leave()
        return asking

    def leave(self) -> None:
        """Ask nothing."""
        self._keeping = None
        self.reason.clear()
        self.keep.hide()

    def _row(self, row: ExpiryRow) -> ListRow:
        today = self._context.program.clock.local_now().date()
        first = " · ".join(filter(None, (day_in_words(row.shift_date, today), isolated(row.contact_name))))
        leaves = _("leaves {day}").format(day=day_in_words(row.expires_on, today))
        if row.held_because:
            leaves = _("its time is over {day}, but held: {why}").format(
                day=day_in_words(row.expires_on, today), why=held_reason(row.held_because)
            )
        can_keep = bool(row.note_id) and row.held_because != "kept"
        return ListRow(
            first, f"{kind_words(row.kind)} · {leaves}", _("Open"), lambda: self._open(row),
            second=_("Keep") if can_keep else "", on_second=lambda: self._ask(row), icon="clock",
        )  # fmt: skip

    def _open(self, row: ExpiryRow) -> None:
        if row.note_id:
            self._context.go_to("encounters", {"encounter_id": row.note_id})
        else:
            self._context.go_to("contacts", {"contact_id": row.contact_id or ""})

    def _ask(self, row: ExpiryRow) -> None:
        self._keeping = row
        today = self._context.program.clock.local_now().date()
        self.keep.heading.setText(_("Keep the note of {day}").format(day=day_in_words(row.shift_date, today)))
        self.keep.show()
        self.keep.begin()

    def _keep(self) -> None:
        row, reason = self._keeping, self.reason.text()
        if row is None:
            return
        self._context.change(
            lambda session: session.keeping.keep_with_reason(row.note_id, reason), lambda _changes: self._kept(row),
            lambda error: self.keep.say(self._context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _kept(self, row: ExpiryRow) -> None:
        self.leave()
        self._context.messages.say(
            _("The note is kept."),
            undo=lambda: self._context.change(lambda session: session.keeping.let_go(row.note_id)),
        )
