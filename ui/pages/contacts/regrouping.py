"""What was merged with or split from a contact, by whom and why, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from outreach_app.domain.regrouping import Regrouping
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.dates import day_in_words
from ui.models.keeping_words import followed_words
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
        from outreach_app.services.grouping import Regrouped


class RegroupingPanel(ListCard):
    """Hidden while nothing was merged or split."""

    contact_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(_("Merged and split"), "")
        self._context = context
        self.hide()

    def look(self, contact_id: str) -> None:
        """Read again what was merged or split."""
        self._context.ask(
            lambda session: session.grouping.list_regroupings(contact_id), self._show, lambda _error: None, owner=self
        )

    def _show(self, rows: Sequence[Regrouping]) -> None:
        self.show_rows([self._row(row) for row in rows])
        self.setVisible(bool(rows))

    def _row(self, row: Regrouping) -> ListRow:
        names = {"from": isolated(row.from_name), "into": isolated(row.into_name)}
        told = _("{from} is kept with {into}") if row.kind == "merge" else _("{into} was split from {from}")
        return ListRow(
            told.format(**names), " · ".join(filter(None, self._details(row))),
            "" if row.undone_at else _("Take it back"), partial(self._undo, row.id),
        )  # fmt: skip

    def _details(self, row: Regrouping) -> tuple[str, ...]:
        now = self._context.program.clock.local_now()
        made = day_in_words(row.made_at.astimezone(now.tzinfo).date(), now.date())
        notes = ngettext("{count} note", "{count} notes", row.notes).format(count=row.notes)
        undone = ""
        if row.undone_at is not None:
            day = day_in_words(row.undone_at.astimezone(now.tzinfo).date(), now.date())
            undone = _("taken back {day} by {worker}").format(day=day, worker=isolated(row.undone_by))
        return (made, isolated(row.worker_name), notes, isolated(row.reason), undone, followed_words(row.centre))

    def _undo(self, regrouping_id: str) -> None:
        self._context.change(
            lambda session: session.grouping.undo_regrouping(regrouping_id), self._undone, owner=self
        )

    def _undone(self, done: Regrouped) -> None:
        self._context.messages.say(_("It is taken back."))
        self.contact_requested.emit(done.contact_id)
