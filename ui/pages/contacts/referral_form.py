"""A new referral: to whom, what for, on which consent it rests, and the worker's own choice on the assessment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.assessment_words import proves_nothing
from outreach_app.domain.consent import RECIPIENTS, Consent, covers
from outreach_app.domain.encounter import WorkerView
from outreach_app.domain.referral import Asked
from outreach_app.i18n import gettext as _
from ui.models.casework_words import consent_line, recipient_choices
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.note_words import outcome_words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.banner import Banner
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.words_field import WordsField

if TYPE_CHECKING:
    from outreach_app.services.referrals import Choice

AGREES, DIFFERS = "agrees", "differs"


class Ground(NamedTuple):
    """What a referral can rest on: her consents, the assessment to decide on, and whether she may be a child."""

    consents: tuple[Consent, ...]
    choice: Choice | None
    may_be_child: bool


class ReferralForm(AskPanel):
    """Says before it is tried what is missing, and the way there."""

    def __init__(self, code_words: Words, today: Callable[[], date]) -> None:
        super().__init__(_("New referral"), "", _("Make the referral"))
        self.sentence.hide()
        self._words, self._today = code_words, today
        self._ground = Ground((), None, may_be_child=False)
        self.recipient = ChoiceRow(recipient_choices(), may_be_empty=False)
        self.partner, self.because, self.why = QLineEdit(), QLineEdit(), QLineEdit()
        self.purpose = CodeBox(code_words.choices("referral_purposes"))
        self.what = WordsField(_("What is asked of them"))
        self.day = DateField(today, (0, -1))
        self.rests_on = Banner("calm")
        self.choice = ChoiceRow(
            [(AGREES, _("I agree with it")), (DIFFERS, _("I see it differently"))], may_be_empty=False
        )
        self._rows()
        self.require(self._ready)
        self._connect()

    def begin_with(self, ground: Ground) -> None:
        """Begin; ``ground`` is what is known of her."""
        self._ground = ground
        for line in (self.partner, self.because, self.why):
            line.clear()
        self.recipient.set_value("")
        self.purpose.set_value("")
        self.what.set_words("")
        self.choice.set_value("")
        self.day.set_value(self._today())
        self._choice_row.name.setText(self._choice_words())
        self._changed()
        self.begin()
        self.recipient.setFocus()

    def asked(self) -> Asked:
        """Return what was filled in."""
        view = None
        if self.choice.value():
            view = WorkerView(self.choice.value() == AGREES, self.why.text())
        return Asked(
            recipient=self.recipient.value(), purpose=self.purpose.value(), what=self.what.words(),
            made_on=self.day.value() or self._today(), partner=self.partner.text(),
            without_consent_because=self.because.text() if self._without_consent() else "", view=view,
        )  # fmt: skip

    def consent(self) -> Consent | None:
        """Return the consent it would rest on."""
        recipient, partner = self.recipient.value(), self.partner.text().strip()
        return next((one for one in self._ground.consents if covers(one, recipient, partner)), None)

    def _choice_words(self) -> str:
        found = self._ground.choice
        if found is None:
            return ""
        return _("The note of {day} adds up to: {outcome}. {caution} What do you make of it?").format(
            day=day_in_words(found.shift_date, self._today()), outcome=outcome_words(found.assessment.outcome),
            caution=proves_nothing(),
        )  # fmt: skip

    def _is_partner(self) -> bool:
        return self.recipient.value() == "partner"

    def _without_consent(self) -> bool:
        return self._ground.may_be_child and self.consent() is None and self.recipient.value() in RECIPIENTS

    def _asks_choice(self) -> bool:
        return self._ground.choice is not None and self._ground.choice.view is None

    def _ready(self) -> bool:
        named = self.recipient.value() in RECIPIENTS and (not self._is_partner() or bool(self.partner.text().strip()))
        rests = self.consent() is not None or (self._without_consent() and bool(self.because.text().strip()))
        chosen = self._ground.choice is not None and (not self._asks_choice() or self._choice_made())
        return named and rests and chosen and bool(self.purpose.value()) and self.day.value() is not None

    def _choice_made(self) -> bool:
        return self.choice.value() == AGREES or (self.choice.value() == DIFFERS and bool(self.why.text().strip()))

    def _changed(self) -> None:
        self._partner_row.setVisible(self._is_partner())
        self._because_row.setVisible(self._without_consent())
        self._choice_row.setVisible(self._asks_choice())
        self._why_row.setVisible(self._asks_choice() and self.choice.value() == DIFFERS)
        self._say_ground()
        self.look()

    def _say_ground(self) -> None:
        consent, recipient = self.consent(), self.recipient.value()
        self.rests_on.setVisible(bool(recipient))
        if self._ground.choice is None:
            self.rests_on.setVisible(True)
            self.rests_on.say("notice", _("There is no note about her yet. Write one first: a referral rests on it."))
        elif consent is not None:
            line = consent_line(consent, self._words, self._today())
            self.rests_on.say("calm", _("She agreed: {how}").format(how=line))
        elif self._without_consent():
            self.rests_on.say("notice", _(
                "She has not agreed. She is or may be under 18: a child is referred without her yes where protection "
                "asks for it. Write why."
            ))  # fmt: skip
        elif recipient:
            self.rests_on.say("notice", _("She has not agreed to this recipient. Ask her first, in “Agreed”."))

    def _rows(self) -> None:
        self._partner_row = LabelledField(_("Which partner organisation"), self.partner)
        self._because_row = LabelledField(_("Why without her yes"), self.because)
        self._choice_row = LabelledField(_("The assessment"), self.choice)
        self._choice_row.name.setWordWrap(True)
        self._why_row = LabelledField(_("Why you see it differently"), self.why)
        for part in (
            LabelledField(_("To whom"), self.recipient), self._partner_row, self.rests_on, self._because_row,
            LabelledField(_("What for"), self.purpose), LabelledField(_("What is asked of them"), self.what),
            LabelledField(_("Day"), self.day), self._choice_row, self._why_row,
        ):  # fmt: skip
            self.fields.addWidget(part)
        for field in (self.purpose, self.day):
            field.setMaximumWidth(360)

    def _connect(self) -> None:
        for row in (self.recipient, self.choice):
            row.changed.connect(lambda _code: self._changed())
        for line in (self.partner, self.because, self.why):
            line.textChanged.connect(lambda _text: self._changed())
        self.purpose.currentIndexChanged.connect(lambda _row: self._changed())
        self.day.changed.connect(lambda _day: self._changed())
