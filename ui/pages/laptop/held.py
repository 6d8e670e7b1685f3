"""The notes that stay whatever the days say, each with its reason and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.dates import day_in_words
from ui.models.keeping_words import held_reason
from ui.widgets.buttons import quiet_button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.keeping import HeldRow

SHOWN_FIRST = 6


class HeldCard(ListCard):
    """The oldest first; a long list begins short."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Held"), _("No note is held."))
        self._context = context
        self._held: Sequence[HeldRow] = ()
        self._most = SHOWN_FIRST
        self._total = 0
        self.beyond = words(tone="muted")
        self.column.addWidget(self.beyond)
        self.beyond.hide()
        self.more = quiet_button("")
        self.more.hide()
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.more.clicked.connect(self._show_all)

    def know_total(self, total: int) -> None:
        """Take in how many are held in all; the list may be shorter."""
        self._total = total

    def show_held(self, held: Sequence[HeldRow]) -> None:
        """Show these."""
        self._held = held
        today = self._context.program.clock.local_now().date()
        self.show_rows([
            ListRow(
                " · ".join(filter(None, (day_in_words(row.shift_date, today), isolated(row.contact_name)))),
                " · ".join(filter(None, (held_reason(row.held_because), isolated(row.kept_reason)))),
                _("Open"), partial(self._open, row),
                second=_("Keep no longer") if row.held_because == "kept" else "",
                on_second=partial(self._let_go, row), icon="encounters",
            )
            for row in held[: self._most]
        ])  # fmt: skip
        left = len(held) - self._most
        self.more.setText(ngettext("Show {count} more", "Show {count} more", max(1, left)).format(count=left))
        self.more.setVisible(left > 0)
        beyond = self._total - len(held)
        told = ngettext("{count} more is held.", "{count} more are held.", max(1, beyond))
        self.beyond.setText(told.format(count=beyond))
        self.beyond.setVisible(beyond > 0 and left <= 0)

    def _show_all(self) -> None:
        self._most = len(self._held)
        self.show_held(self._held)

    def _open(self, row: HeldRow) -> None:
        self._context.go_to("encounters", {"encounter_id": row.note_id})

    def _let_go(self, row: HeldRow) -> None:
        self._context.change(
            lambda session: session.keeping.let_go(row.note_id),
            lambda _changes: self._context.messages.say(
                _("The note is no longer kept; the days decide again."), undo=lambda: self._keep(row)
            ),
            owner=self,
        )

    def _keep(self, row: HeldRow) -> None:
        self._context.change(lambda session: session.keeping.keep_with_reason(row.note_id, row.kept_reason))
