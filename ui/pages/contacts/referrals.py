"""A contact's referrals with every state they were in, a new one, and the basis for the interview with CMM."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.referral import Referral
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.casework_words import referral_lines, referral_title
from ui.models.codes import Words
from ui.pages.contacts.interview_card import InterviewCard
from ui.pages.contacts.referral_form import Ground, ReferralForm
from ui.pages.contacts.referral_step import ReferralStepForm
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.session import Session


class ReferralsView(ContactView):
    """The list, and in its place the form for a new one or for what became of one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words, self._contact_id = Words(context.program.code_lists), ""
        self.new = button(_("New referral"), icon="plus")
        nothing = _(
            "No referral yet. It needs her consent for the one it goes to and your own view of the assessment. "
            "A shelter is possible before anybody decides on a status."
        )
        self.list = ListCard(_("Referrals"), nothing)
        self.form = ReferralForm(self._words, self._today)
        self.step = ReferralStepForm(self._words, self._today)
        self.interview = InterviewCard(context)
        self._lay_out()
        self.new.clicked.connect(lambda _on: self._begin())
        self.form.confirmed.connect(self._make)
        self.step.confirmed.connect(self._add_step)
        for panel in (self.form, self.step):
            panel.left.connect(self._leave)
        self._open(None)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self._open(None)
        self.interview.show_contact(contact.id)
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework:
            self._ask()

    def focus_first(self) -> None:
        self.new.setFocus()

    def keep_draft_now(self) -> None:
        self.interview.keep_draft_now()

    def go_back(self) -> bool:
        if self.form.isHidden() and self.step.isHidden():
            return False
        self._leave()
        return True

    def _today(self) -> date:
        return self.context.program.clock.local_now().date()

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: session.referrals.list_of_contact(contact_id), self._show, owner=self)

    def _show(self, referrals: Sequence[Referral]) -> None:
        self.list.show_rows([self._row(each) for each in referrals])

    def _row(self, referral: Referral) -> ListRow:
        return ListRow(
            referral_title(referral, self._words), referral_lines(referral, self._today()), _("What became of it"),
            lambda: self._begin_step(referral), icon="arrow-right" if referral.is_open else "check",
        )  # fmt: skip

    def _begin(self) -> None:
        contact_id = self._contact_id

        def read(ground: Ground) -> None:
            self._open(self.form)
            self.form.begin_with(ground)

        self.context.ask(lambda session: _ground(session, contact_id), read, owner=self)

    def _make(self) -> None:
        contact_id, asked = self._contact_id, self.form.asked()
        self.context.change(
            lambda session: session.referrals.make_referral(contact_id, asked),
            lambda _made: self._done(_("The referral is written down. Hand it over; then type in what became of it.")),
            lambda error: self.form.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _begin_step(self, referral: Referral) -> None:
        self._open(self.step)
        self.step.begin_with(referral)

    def _add_step(self) -> None:
        referral, day = self.step.referral, self.step.day.value()
        if referral is None or day is None:
            return
        state, words = self.step.state.value(), self.step.words.text()
        self.context.change(
            lambda session: session.referrals.add_step(referral.id, state, day, words),
            lambda _changes: self._stepped(referral.id),
            lambda error: self.step.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _stepped(self, referral_id: str) -> None:
        self._leave()
        self.context.messages.say(
            _("Kept."),
            undo=lambda: self.context.change(lambda session: session.referrals.take_back_step(referral_id)),
        )

    def _done(self, told: str) -> None:
        self._leave()
        self.context.messages.say(told)

    def _leave(self) -> None:
        self._open(None)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, panel: QWidget | None) -> None:
        for form in (self.form, self.step):
            form.setVisible(form is panel)
        for part in (self.new, self.list, self.interview):
            part.setVisible(panel is None)

    def _lay_out(self) -> None:
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.form, self.step, self.list, self.interview):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _ground(session: Session, contact_id: str) -> Ground:
    verbs = session.referrals
    return Ground(
        session.consents.list_consents(contact_id), verbs.find_choice(contact_id),
        may_be_child=verbs.may_go_without_consent(contact_id),
    )  # fmt: skip
