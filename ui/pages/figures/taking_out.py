"""Taking figures out as a file: for whom it is, which kind, and where the worker says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.domain.figure_words import for_whom
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.choice_row import ChoiceRow

OUTSIDE, TEAM = "outside", "team"
KINDS = (("pdf", N_("Save as paper (PDF)")), ("xlsx", N_("Save as spreadsheet")), ("csv", N_("Save as CSV")))


class TakingOut(Card):
    """What may leave the team is chosen first; a file with small groups says in itself that it must not."""

    wanted = Signal(str)  # kind of file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Take out as a file"), parent=parent)
        self.readers = ChoiceRow(
            [(OUTSIDE, _("To leave the team")), (TEAM, _("For the team only"))], may_be_empty=False
        )
        self.readers.setAccessibleName(_("For whom the file is"))
        self.readers.set_value(OUTSIDE)
        self.kinds = {kind: button(_(words), icon="save") for kind, words in KINDS}
        self.add(self.readers)
        self.add_row(*self.kinds.values())
        self.readers.changed.connect(lambda _code: self._tell())
        for kind, made in self.kinds.items():
            made.clicked.connect(lambda _on=False, kind=kind: self.wanted.emit(kind))
        self._tell()

    @property
    def outside(self) -> bool:
        """Whether the file may leave the team."""
        return self.readers.value() != TEAM

    def _tell(self) -> None:
        self.say(for_whom(outside=self.outside))
