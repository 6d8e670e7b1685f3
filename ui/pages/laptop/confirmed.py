"""What the centre has to follow: erasures, merges and the like, what had left before, and whether it has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.keeping_words import confirmation_title, confirmation_words, departures_in_words
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.domain.erasing import Confirmation

TONES = {"confirmed": "calm", "put_aside": "notice"}
ICONS = {"merge": "contacts", "apart": "contacts", "split": "contacts", "withdrawal": "contacts"}


class ConfirmedCard(ListCard):
    """Names no one: who was erased is not known here any more, and who was merged is nobody's business on this page."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("What the centre follows"), _("Nothing was erased, blanked, merged or taken back yet."))
        self._context = context

    def show_confirmations(self, rows: Sequence[Confirmation]) -> None:
        """Show these, the newest first."""
        now = self._context.program.clock.local_now()
        today, zone = now.date(), now.tzinfo
        self.show_rows([
            ListRow(
                confirmation_title(row, today, zone),
                "\n".join((
                    confirmation_words(row, today, zone),
                    *(_("Had left: {what}").format(what=told) for told in departures_in_words(row.left, today, zone)),
                )),
                tone=TONES.get(row.state, "muted"), icon=ICONS.get(row.kind, "discard"),
            )
            for row in rows
        ])  # fmt: skip
