"""How she agrees: to whom, in which language and manner, whether she can speak freely, when. The talk comes after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.consent import RECIPIENTS, Given
from outreach_app.domain.encounter import NOT_FREE
from outreach_app.i18n import gettext as _
from ui.models.casework_words import recipient_choices, recipient_words
from ui.models.codes import Words, language_choices, language_name
from ui.models.finding import choices_of, find_choices
from ui.widgets.ask_panel import AskPanel
from ui.widgets.banner import Banner
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.type_ahead import Choice, TypeAhead

if TYPE_CHECKING:
    from outreach_app.services.consents import LastMeeting

NOT_NOTED = "not_noted"  # a consent says how it was; a note may leave it open
FIELD_WIDTH = 360  # pixels


class AgreedForm(AskPanel):
    """``confirmed`` when everything for the talk is there; kindly refused where she cannot speak freely."""

    def __init__(self, code_words: Words, today: Callable[[], date]) -> None:
        super().__init__(
            _("She agrees that something is passed on"),
            _("For one recipient at a time. Seven points are read to her next; she may say no to any of them."),
            _("Go on to the seven points"),
        )
        self._today = today
        self._meeting: LastMeeting | None = None
        self.recipient = ChoiceRow(recipient_choices(), may_be_empty=False)
        self.partner = QLineEdit()
        said = [pair for pair in code_words.choices("speaking_situations") if pair[0] != NOT_NOTED]
        self.speaking = CodeBox(said)
        self.language = TypeAhead(_find_languages, placeholder=_("type a language"), keep_text=True)
        self._tongue = ""
        self.manner = ChoiceRow(code_words.choices("consent_manners"), may_be_empty=False)
        self.day = DateField(today, (0, -1))
        self.refusal = Banner("notice")
        self._partner_row = LabelledField(_("Which partner organisation"), self.partner)
        for part in (
            LabelledField(_("Who gets it"), self.recipient), self._partner_row,
            LabelledField(_("Can she speak freely"), self.speaking), self.refusal,
            LabelledField(_("Explained in"), self.language), LabelledField(_("How she agrees"), self.manner),
            LabelledField(_("Day"), self.day),
        ):  # fmt: skip
            self.fields.addWidget(part)
        for field in (self.speaking, self.language, self.day):
            field.setMaximumWidth(FIELD_WIDTH)
        self.require(self._ready)
        self._connect()

    def begin_with(self, meeting: LastMeeting | None, recipient: str = "") -> None:
        """Begin; what her last note says of speaking freely and of languages is filled in."""
        self._meeting = meeting
        self.recipient.set_value(recipient)
        self.partner.clear()
        self.manner.set_value("spoken")
        spoken = meeting.languages[0] if meeting is not None and meeting.languages else ""
        self._tongue = spoken
        self.language.setText(language_name(spoken) if spoken else "")
        self.speaking.set_value("" if meeting is None else meeting.speaking)
        self.day.set_value(self._today())
        self._changed()
        self.begin()
        self.recipient.setFocus()

    def given(self) -> Given:
        """Return what was filled in."""
        same_day = self._meeting is not None and self._meeting.shift_date == self.day.value()
        return Given(
            recipient=self.recipient.value(), language=self._tongue, manner=self.manner.value(),
            speaking=self.speaking.value(), given_on=self.day.value() or self._today(), partner=self.partner.text(),
            encounter_id=self._meeting.note_id if self._meeting is not None and same_day else None,
        )  # fmt: skip

    def recipient_name(self) -> str:
        """Return whom it goes to, in words."""
        return recipient_words(self.recipient.value(), self.partner.text() if self._is_partner() else "")

    def _speak(self, tag: str) -> None:
        self._tongue = tag
        self._changed()

    def _is_partner(self) -> bool:
        return self.recipient.value() == "partner"

    def _ready(self) -> bool:
        named = self.recipient.value() in RECIPIENTS and (not self._is_partner() or bool(self.partner.text().strip()))
        how = bool(self.speaking.value() and self._tongue and self.manner.value())
        return named and how and self.speaking.value() not in NOT_FREE and self.day.value() is not None

    def _changed(self) -> None:
        self._partner_row.setVisible(self._is_partner())
        refused = self.speaking.value() in NOT_FREE
        self.refusal.setVisible(refused)
        if refused:
            self.refusal.say("notice", _(
                "She cannot speak freely now, so nothing above the coded level is asked of her. Ask again when you are "
                "alone with her; a note of this meeting puts that on Today."
            ))  # fmt: skip
        self.look()

    def _connect(self) -> None:
        self.recipient.changed.connect(lambda _code: self._changed())
        self.manner.changed.connect(lambda _code: self._changed())
        self.partner.textChanged.connect(lambda _text: self._changed())
        self.speaking.currentIndexChanged.connect(lambda _row: self._changed())
        self.language.textEdited.connect(lambda _text: self._speak(""))
        self.language.picked.connect(lambda choice: self._speak(choice.key))
        self.day.changed.connect(lambda _day: self._changed())


def _find_languages(typed: str) -> tuple[Choice, ...]:
    return find_choices(choices_of(language_choices()), typed)
