"""The sheet behind F1: which key does what at the desk."""

from __future__ import annotations

from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.desk_page import CardsPage
from ui.widgets.card import Card
from ui.widgets.pairs import narrow_pairs


class KeysSheet(CardsPage):
    """Two short lists; F1 or Esc goes back."""

    def __init__(self, _context: DeskContext) -> None:
        super().__init__(_("Keys"))
        everywhere = Card(_("Everywhere"))
        everywhere.add(
            narrow_pairs(
                (
                    ("Alt+1 … Alt+6", _("To a page, as they stand in the list on the left")),
                    ("F12", _("Cover the window")),
                    ("Ctrl+L", _("Lock: the register is closed")),
                    ("Esc", _("A step back")),
                    ("F1", _("These keys")),
                )
            )
        )
        pages = Card(_("On the pages"))
        pages.add(
            narrow_pairs(
                (
                    ("Ctrl+Enter", _("Incoming: take in from the mailbox")),
                    ("Ctrl+S", _("Incoming: take in from a stick")),
                    ("Ctrl+N", _("Laptops: enrol one. Custodians: make three")),
                    ("Ctrl+H", _("Laptops: help with a forgotten passphrase")),
                    ("Enter", _("Open the row in a list")),
                    ("Page Up, Page Down", _("Read on")),
                )
            )
        )
        self.add(everywhere)
        self.add(pages)
