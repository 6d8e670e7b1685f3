"""The pathway of a contact: what is known on top; below it who decides, her dates, her rights and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.pages.contacts.pathway_dates import DatesCard
from ui.pages.contacts.pathway_decisions import DecisionsCard
from ui.pages.contacts.pathway_facts import FactsCard
from ui.pages.contacts.pathway_law import LawCards
from ui.pages.contacts.pathway_standing import StandingCard
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import quiet_button
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.pathways import ContactPathway
    from outreach_app.services.session import Session


class PathwayView(ContactView):
    """Facts are kept as they are chosen; what follows from them is shown below at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contact_id = ""
        self._found: ContactPathway | None = None
        self._keeping = 0  # changes on their way: what is read meanwhile may be older than what is chosen
        code_words = Words(context.program.code_lists)
        self.facts = FactsCard(code_words, self._today)
        self.standing = StandingCard()
        self.dates = DatesCard(self._today)
        self.decisions = DecisionsCard(code_words, self._today)
        self.law = LawCards()
        self.state = quiet_button("")
        self._lay_out()
        self._connect()

    def show_contact(self, contact: Contact) -> None:
        self._contact_id, self._found = contact.id, None
        self._close_forms()
        self.facts.show_facts(PathwayFacts())
        self.facts.say("")
        self.facts.open_return(is_open=False)
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework or changes.contacts:
            self._ask()

    def focus_first(self) -> None:
        self.facts.stay.setFocus()

    def go_back(self) -> bool:
        for card, close in ((self.dates, self.dates.close_letter), (self.decisions, self.decisions.close_form)):
            if card.ask.isVisibleTo(self):
                close()
                return True
        return False

    def keep_draft_now(self) -> None:
        self._close_forms()

    def _close_forms(self) -> None:
        for card, opener in ((self.dates, self.dates.new_letter), (self.decisions, self.decisions.new)):
            card.ask.hide()
            opener.show()

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: session.pathways.find_pathway(contact_id), self._show, owner=self)

    def _show(self, found: ContactPathway) -> None:
        if found.contact_id != self._contact_id:
            return  # an answer about somebody shown before
        self._found = found
        if not self._keeping:
            self.facts.show_facts(found.facts)
        noted = found.state is None and found.facts != PathwayFacts()
        self.facts.say(_("Taken from her notes; kept with your first change here.") if noted else "")
        self.standing.show_pathway(found)
        self.dates.show_pathway(found)
        self.decisions.show_pathway(found)
        self.law.show_steps(found.answer.steps)
        self.state.setVisible(found.state is not None)
        self.state.setText(_("Open the pathway again") if found.state == "closed" else _("Close the pathway"))

    def _keep_facts(self, facts: PathwayFacts) -> None:
        contact_id = self._contact_id
        if self._found is None:  # nothing is read yet: what is chosen now would go before what is kept
            self.facts.show_facts(PathwayFacts())
            return
        self._keeping += 1
        self.context.change(
            lambda session: session.pathways.keep_facts(contact_id, facts), self._facts_kept, self._facts_refused,
            owner=self,
        )  # fmt: skip

    def _facts_kept(self, _changes: Changes) -> None:
        self._keeping -= 1

    def _facts_refused(self, error: Exception) -> None:
        self._keeping -= 1
        self.context.messages.tell_error(error)
        self._ask()

    def _keep_letter(self, which: Any, day: date, words: str) -> None:
        contact_id = self._contact_id
        self.context.change(
            lambda session: session.pathways.set_letter_date(contact_id, which, day, words),
            lambda _changes: self.dates.close_letter(),
            lambda error: self.dates.ask.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _drop_letter(self, which: Any) -> None:
        contact_id = self._contact_id
        if self._found is None or which not in self._found.letters:
            return
        letter = self._found.letters[which]
        self._change(
            lambda session: session.pathways.drop_letter_date(contact_id, which), _("The letter's date is taken away."),
            lambda session: session.pathways.set_letter_date(contact_id, which, letter.on_date, letter.words),
        )  # fmt: skip

    def _say_done(self, which: Any, done: bool) -> None:
        contact_id = self._contact_id

        def work(session: Session, dealt_with: bool) -> Changes:
            dates = session.pathways
            return (dates.finish_date if dealt_with else dates.reopen_date)(contact_id, which)

        self._change(
            lambda session: work(session, done), _("Done.") if done else _("Open again."),
            lambda session: work(session, not done),
        )  # fmt: skip

    def _keep_decision(self, maker: Any, outcome: str, day: date, words: str) -> None:
        contact_id = self._contact_id

        def work(session: Session) -> Changes:
            session.pathways.record_decision(contact_id, maker, outcome, day, words)
            return Changes(casework=True)

        self.context.change(
            work, lambda _changes: self.decisions.close_form(),
            lambda error: self.decisions.ask.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _take_back(self, decision_id: str) -> None:
        self._change(
            lambda session: session.pathways.take_back_decision(decision_id), _("The decision is taken back."),
            lambda session: session.pathways.restore_decision(decision_id),
        )  # fmt: skip

    def _put_back(self, decision_id: str) -> None:
        self._change(
            lambda session: session.pathways.restore_decision(decision_id), _("The decision is put back."),
            lambda session: session.pathways.take_back_decision(decision_id),
        )  # fmt: skip

    def _turn_state(self) -> None:
        contact_id, is_open = self._contact_id, self._found is not None and self._found.state == "open"

        def close(session: Session) -> Changes:
            return session.pathways.close_pathway(contact_id)

        def reopen(session: Session) -> Changes:
            return session.pathways.reopen_pathway(contact_id)

        if is_open:
            self._change(close, _("The pathway is closed. Its dates are no longer told of."), reopen)
        else:
            self._change(reopen, _("The pathway is open again."), close)

    def _change(
        self, work: Callable[[Session], Changes], told: str, back: Callable[[Session], Changes]
    ) -> None:  # fmt: skip
        messages = self.context.messages

        def undo() -> None:
            self.context.change(back, lambda _changes: messages.say(_("Taken back.")))

        self.context.change(work, lambda _changes: messages.say(told, undo=undo), owner=self)

    def _open_plan(self) -> None:
        self.context.go_to("contacts", {"contact_id": self._contact_id, "view": "plan", "form": "person"})

    def _today(self) -> date:
        return self.context.program.clock.local_now().date()

    def _lay_out(self) -> None:
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (self.facts, self.standing, self.dates, self.decisions, self.law):
            scroll.add(part)
        scroll.column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.setFocusProxy(self.facts.stay)

    def _connect(self) -> None:
        self.facts.facts_changed.connect(self._keep_facts)
        self.standing.plan_requested.connect(self._open_plan)
        self.dates.letter_written.connect(self._keep_letter)
        self.dates.letter_dropped.connect(self._drop_letter)
        self.dates.done_said.connect(self._say_done)
        self.decisions.written.connect(self._keep_decision)
        self.decisions.taken_back.connect(self._take_back)
        self.decisions.put_back.connect(self._put_back)
        self.state.clicked.connect(self._turn_state)
