"""She takes it back: what that changes and what it cannot change, said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.consent import ConsentLevel
from outreach_app.i18n import gettext as _
from ui.models.casework_words import recipient_words, withdrawal_lines
from ui.models.codes import consent_words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField

if TYPE_CHECKING:
    from outreach_app.services.withdrawing import Withdrawal


class TakingBack(AskPanel):
    """Never asks why; her words may be written down."""

    def __init__(self, today: Callable[[], date], zone: Callable[[], tzinfo | None]) -> None:
        super().__init__(_("She takes it back"), "", _("Take it back"))
        self._today, self._zone = today, zone
        self.withdrawal: Withdrawal | None = None
        self.level = ChoiceRow([], may_be_empty=False)
        self.words = QLineEdit()
        self._level_row = LabelledField(_("What may still leave of these notes"), self.level)
        self.fields.addWidget(self._level_row)
        self.fields.addWidget(LabelledField(_("What she said, if she wants it written down"), self.words))
        self.words.returnPressed.connect(self.act.click)

    def begin_with(self, found: Withdrawal) -> None:
        """Say what taking back changes."""
        self.withdrawal = found
        whom = recipient_words(found.recipient, found.partner)
        self.heading.setText(_("She takes back that this goes to: {recipient}").format(recipient=whom))
        self.sentence.setText("\n".join(withdrawal_lines(found, self._today(), self._zone())))
        self.level.set_options([(level.value, consent_words(level)) for level in found.levels])
        self.level.set_value(found.levels[0].value)
        self._level_row.setVisible(bool(found.notes))
        self.words.clear()
        self.begin()
        (self.level if found.notes else self.words).setFocus()

    def chosen_level(self) -> ConsentLevel:
        """Return what may still leave."""
        return ConsentLevel(self.level.value() or ConsentLevel.CODED.value)
