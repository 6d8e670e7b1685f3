"""What was erased or blanked on this laptop, what had left before, and whether the centre has confirmed it."""

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


class ConfirmedCard(ListCard):
    """Names no one: what was erased is not known here any more."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Erased and blanked"), _("Nothing was erased or blanked yet."))
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
                tone=TONES.get(row.state, "muted"), icon="discard",
            )
            for row in rows
        ])  # fmt: skip
