"""What a contact agreed to, recipient by recipient; agreeing with the seven points, and taking back at any time."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import Consent
from outreach_app.domain.consent_talk import ConsentTalk, ConsentTexts
from outreach_app.domain.contact import Contact
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.casework_words import consent_line, recipient_words, withdrawn_lines
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.pages.contacts.agreed_back import TakingBack
from ui.pages.contacts.agreed_form import AgreedForm
from ui.pages.contacts.agreed_talk import TalkPanel
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.consents import LastMeeting
    from outreach_app.services.session import Session
    from outreach_app.services.withdrawing import Withdrawal, Withdrawn, WithdrawnConsent


class Agreed(NamedTuple):
    """What the view shows of one contact."""

    consents: tuple[Consent, ...]
    in_notes: tuple[tuple[str, date], ...]
    withdrawn: tuple[WithdrawnConsent, ...]


class AgreedView(ContactView):
    """The lists, and in their place the form, the talk, or the question of taking back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words, self._contact_id = Words(context.program.code_lists), ""
        self.new = button(_("She agrees to something"), icon="plus")
        self.list = ListCard(
            _("She agreed"),
            _("Nothing yet, so nothing with her identity leaves. With “She agrees to something” you read the seven "
              "points to her, for one recipient at a time."),
        )  # fmt: skip
        self.gone = ListCard(_("Taken back"), "")
        self.form = AgreedForm(self._words, self._today)
        self.talk = TalkPanel()
        self.back = TakingBack(self._today, self._zone)
        self._lay_out()
        self._connect()
        self._open(None)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self._open(None)
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework or changes.encounters or changes.sending:
            self._ask()

    def focus_first(self) -> None:
        self.new.setFocus()

    def go_back(self) -> bool:
        if not self.talk.isHidden():
            self.talk.step_back()
            return True
        if self.form.isHidden() and self.back.isHidden():
            return False
        self._leave()
        return True

    def _today(self) -> date:
        return self.context.program.clock.local_now().date()

    def _zone(self) -> tzinfo | None:
        return self.context.program.clock.local_now().tzinfo

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: _read(session, contact_id), self._show, owner=self)

    def _show(self, found: Agreed) -> None:
        in_force = [one for one in found.consents if one.withdrawn_on is None]
        explained = {one.recipient for one in in_force}
        in_notes = {whom: day for whom, day in reversed(found.in_notes) if whom not in explained}
        self.list.show_rows([
            *(self._row(one) for one in in_force), *(self._note_row(whom, day) for whom, day in in_notes.items()),
        ])  # fmt: skip
        self.gone.show_rows([
            ListRow(self._whom(row.consent), withdrawn_lines(row, self._today(), self._zone()), icon="undo")
            for row in found.withdrawn
        ])  # fmt: skip
        self.gone.setVisible(bool(found.withdrawn) and not self.list.isHidden())

    def _row(self, consent: Consent) -> ListRow:
        return ListRow(
            self._whom(consent), consent_line(consent, self._words, self._today()), _("Take back"),
            lambda: self._ask_back(consent.recipient, consent.partner),
            icon="check" if consent.points and not consent.doubtful else "notice",
        )  # fmt: skip

    def _note_row(self, recipient: str, day: date) -> ListRow:
        told = _("agreed in the talk of {day}, without the seven points")
        return ListRow(
            recipient_words(recipient), told.format(day=day_in_words(day, self._today())), _("Take back"),
            lambda: self._ask_back(recipient, ""), second=_("Read the points"),
            on_second=lambda: self._begin(recipient), icon="notice",
        )  # fmt: skip

    def _whom(self, consent: Consent) -> str:
        return recipient_words(consent.recipient, consent.partner)

    def _begin(self, recipient: str = "") -> None:
        contact_id = self._contact_id

        def asked(meeting: LastMeeting | None) -> None:
            self._open(self.form)
            self.form.begin_with(meeting, recipient)

        self.context.ask(lambda session: session.consents.last_meeting(contact_id), asked, owner=self)

    def _begin_talk(self) -> None:
        def read(texts: ConsentTexts) -> None:
            self._open(self.talk)
            self.talk.begin(texts, self.form.recipient.value(), self.form.recipient_name())

        self.context.ask(lambda session: session.consents.texts(), read, owner=self)

    def _keep(self, talk: ConsentTalk) -> None:
        contact_id, given = self._contact_id, self.form.given()
        self.context.change(
            lambda session: session.consents.record_consent(contact_id, talk, given),
            lambda _kept: self._done(_("The consent is kept. She may take it back at any time.")), self._refused,
            owner=self,
        )  # fmt: skip

    def _refused(self, error: Exception) -> None:
        self._open(self.form)
        self.form.say(self.context.messages.sentence(error))
        self.form.recipient.setFocus()

    def _ask_back(self, recipient: str, partner: str) -> None:
        contact_id = self._contact_id

        def found(withdrawal: Withdrawal) -> None:
            self._open(self.back)
            self.back.begin_with(withdrawal)

        self.context.ask(
            lambda session: session.withdrawing.preview(contact_id, recipient, partner), found, owner=self
        )

    def _take_back(self) -> None:
        found, contact_id = self.back.withdrawal, self._contact_id
        if found is None:
            return
        said, level = self.back.words.text(), self.back.chosen_level()
        self.context.change(
            lambda session: session.withdrawing.withdraw(
                contact_id, found.recipient, partner=found.partner, words=said, level=level
            ),
            self._taken_back, lambda error: self.back.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _taken_back(self, _done: Withdrawn) -> None:
        self._done(_("Taken back. Nothing more leaves for this recipient; what had left before stands below."))

    def _done(self, told: str) -> None:
        self._leave()
        self.context.messages.say(told)

    def _leave(self) -> None:
        self._open(None)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, panel: QWidget | None) -> None:
        for each in (self.form, self.talk, self.back):
            each.setVisible(each is panel)
        self.new.setVisible(panel is None)
        self.list.setVisible(panel is None)
        self.gone.setVisible(panel is None and bool(self.gone.rows()))

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on: self._begin())
        self.form.confirmed.connect(self._begin_talk)
        self.form.left.connect(self._leave)
        self.talk.agreed.connect(self._keep)
        self.talk.left.connect(lambda: self._open(self.form))
        self.back.confirmed.connect(self._take_back)
        self.back.left.connect(self._leave)

    def _lay_out(self) -> None:
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.form, self.talk, self.back, self.list, self.gone):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _read(session: Session, contact_id: str) -> Agreed:
    verbs = session.consents
    return Agreed(
        verbs.list_consents(contact_id), verbs.list_agreed_in_notes(contact_id),
        session.withdrawing.list_withdrawn(contact_id),
    )  # fmt: skip
