"""The card of the sealing key: since when it is in force, and a new one, after what follows from it was read."""

from __future__ import annotations

from PySide6.QtCore import Signal

from outreach_app.i18n import gettext as _
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import quiet_button
from ui.widgets.card import Card


class SealingKeyCard(Card):
    """``wanted`` after the question in place was answered; Esc or "Not now" leaves everything as it is.

    ``asked`` when the question has been put, so that the page can bring it into view.
    """

    wanted = Signal()
    asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("The sealing key"))
        self.rotate = quiet_button(_("Make a new sealing key …"), icon="key")
        self.ask = AskPanel(
            _("Make a new sealing key?"),
            _(
                "This cannot be taken back. Laptops seal for the new key only after its publication: prepare the keys, "
                "let two custodians sign, publish. The key in force opens what is on its way for some weeks more."
            ),
            _("Make it"),
        )
        self.ask.hide()
        self._line = self.add_row(self.rotate)
        self.add(self.ask)
        self.rotate.clicked.connect(self._begin)
        self.ask.left.connect(self._leave)
        self.ask.confirmed.connect(self._confirm)

    def allow(self, *, allowed: bool) -> None:
        """Offer a new key, or not while one waits for its publication."""
        self._line.setVisible(allowed and not self.ask.isVisibleTo(self))

    def _begin(self) -> None:
        self._line.hide()
        self.ask.show()
        self.ask.begin()
        self.asked.emit()

    def _leave(self) -> None:
        self.ask.hide()
        self._line.show()
        self.rotate.setFocus()

    def _confirm(self) -> None:
        self.ask.hide()
        self.wanted.emit()
