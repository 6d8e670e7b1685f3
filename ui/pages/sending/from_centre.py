"""What the centre says about this laptop's batches, each with what to do; shown only while there is something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.models.letter_words import Word
from ui.widgets.list_card import ListCard, ListRow


class FromCentreCard(ListCard):
    """``send_wanted`` and ``fetch_wanted`` are pressed beside what asks for them."""

    send_wanted = Signal()
    fetch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("From the centre"), "", parent)
        self.hide()

    def show_words(self, said: Sequence[Word]) -> None:
        """Show these, or nothing."""
        self.show_rows([self._row(word) for word in said])
        self.setVisible(bool(said))

    def _row(self, word: Word) -> ListRow:
        name = {"send": _("Send again"), "fetch": _("Fetch now")}.get(word.act, "")
        act = self.send_wanted.emit if word.act == "send" else self.fetch_wanted.emit
        return ListRow(word.first, word.second, name, act, tone="notice", icon="notice")
