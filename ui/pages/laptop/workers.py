"""Who works on this laptop, and each one's way in."""

from __future__ import annotations

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.pages.laptop.cards import CardView
from ui.widgets.card import Card


class WorkersView(CardView):
    """Reads what it shows each time it is brought to the front."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.card = Card(self.title())
        self.put(self.card)

    def title(self) -> str:
        return _("Workers")
