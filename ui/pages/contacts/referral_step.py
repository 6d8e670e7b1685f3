"""What became of a referral: a state typed in with its day and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.referral import Referral, next_states
from outreach_app.i18n import gettext as _
from ui.models.casework_words import referral_title, state_words
from ui.models.codes import Words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField


class ReferralStepForm(AskPanel):
    """News come in any order, so every state but the first is offered."""

    def __init__(self, code_words: Words, today: Callable[[], date]) -> None:
        super().__init__("", _("Write down what you were told, with its day. The states before stay."), _("Keep"))
        self._words, self._today = code_words, today
        self.referral: Referral | None = None
        self.state = ChoiceRow([], may_be_empty=False)
        self.day, self.words = DateField(today, (0, -1, -7)), QLineEdit()
        self.day.setMaximumWidth(360)
        for name, field in ((_("What became of it"), self.state), (_("Day"), self.day), (_("Words"), self.words)):
            self.fields.addWidget(LabelledField(name, field))
        self.require(lambda: bool(self.state.value()) and self.day.value() is not None)
        self.state.changed.connect(lambda _code: self.look())
        self.day.changed.connect(lambda _day: self.look())
        self.words.returnPressed.connect(self.act.click)

    def begin_with(self, referral: Referral) -> None:
        """Ask about this referral."""
        self.referral = referral
        self.heading.setText(referral_title(referral, self._words))
        self.state.set_options([(code, state_words(code)) for code in next_states(referral.state)])
        self.state.set_value("")
        self.day.set_value(self._today())
        self.words.clear()
        self.begin()
        self.state.setFocus()
