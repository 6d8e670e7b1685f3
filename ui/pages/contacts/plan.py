"""A contact's personal action plan: goals in her words, steps with who and by when, who stands by her, the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.plan import ContactPerson, Plan, PlanStep
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.casework_words import plan_step_line
from ui.models.codes import Words
from ui.models.papers import set_plan_paper
from ui.pages.contacts.contact_person import ContactPersonCard
from ui.pages.contacts.paper_row import PaperRow
from ui.pages.contacts.plan_step_form import PlanStepForm
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.words_field import WordsField

if TYPE_CHECKING:
    from outreach_app.services.plans import KeptStep
    from outreach_app.services.session import Session


class Planned(NamedTuple):
    """What the view shows of one contact."""

    plan: Plan
    person: ContactPerson | None


class PlanView(ContactView):
    """Goals are kept when they are left; a step done or dropped can be taken back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words, self._contact_id, self._goals = Words(context.program.code_lists), "", ""
        self.goals = WordsField(_("Goals, in her words"))
        self.keep_goals = quiet_button(_("Keep the goals"), icon="save")
        self.new = button(_("New step"), icon="plus")
        nothing = _("No step yet. Make the plan with her: what is to be done, who does it, by when.")
        self.list = ListCard(_("Steps"), nothing)
        self.form = PlanStepForm(self._words, self._today)
        self.person = ContactPersonCard()
        self.papers = PaperRow(
            context, "plan_paper",
            lambda session, contact_id: partial(set_plan_paper, session.papers.plan_on_paper(contact_id)),
        )  # fmt: skip
        self._lay_out()
        self._connect()
        self.form.hide()

    def show_contact(self, contact: Contact) -> None:
        self._contact_id, self._goals = contact.id, ""
        self.goals.set_words("")
        self._close_form()
        self.person.close_form()
        self.person.show_person(None)  # somebody else's must not stand in the form until this one is read
        self.papers.show_contact(contact.id)
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework:
            self._ask()

    def focus_first(self) -> None:
        self.goals.setFocus()

    def open_form(self, name: str) -> None:
        if name == "person":
            self.person.open_form()

    def keep_draft_now(self) -> None:
        if self.goals.words() != self._goals:
            self._keep_goals(told=False)

    def go_back(self) -> bool:
        if not self.form.isHidden():
            self._close_form()
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if not self.person.ask.isHidden():
            self.person.close_form()
            return True
        return False

    def _today(self) -> date:
        return self.context.program.clock.local_now().date()

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: _read(session, contact_id), self._show, owner=self)

    def _show(self, found: Planned) -> None:
        if self.goals.words() == self._goals:  # what is half written stays
            self.goals.set_words(found.plan.goals)
        self._goals = found.plan.goals
        self.list.show_rows([self._row(step) for step in found.plan.steps])
        self.person.show_person(found.person)

    def _row(self, step: PlanStep) -> ListRow:
        second, tone = plan_step_line(step, self._words, self._today())
        done = step.done_on is not None
        return ListRow(
            isolated(step.what), second, _("Not done yet") if done else _("Done"),
            lambda: self._set_done(step, done=not done), second=_("Change"), on_second=lambda: self._begin(step),
            third=_("Drop"), on_third=lambda: self._drop(step), tone=tone, icon="check" if done else "dot-open",
        )  # fmt: skip

    def _begin(self, step: PlanStep | None = None) -> None:
        self.new.hide()
        self.form.show()
        self.form.begin_with(step)

    def _close_form(self) -> None:
        self.form.hide()
        self.new.show()

    def _keep_step(self) -> None:
        contact_id, step = self._contact_id, self.form.changed_step()

        def kept(_result: object) -> None:
            self._close_form()
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

        self.context.change(
            lambda session: _keep(session, contact_id, step), kept,
            lambda error: self.form.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _set_done(self, step: PlanStep, *, done: bool) -> None:
        after = replace(step, done_on=self._today() if done else None)
        told = _("The step is done.") if done else _("The step is open again.")
        self.context.change(
            lambda session: session.plans.change_step(after),
            lambda _changes: self.context.messages.say(
                told, undo=lambda: self.context.change(lambda session: session.plans.change_step(step))
            ),
            owner=self,
        )  # fmt: skip

    def _drop(self, step: PlanStep) -> None:
        contact_id = self._contact_id
        self.context.change(
            lambda session: session.plans.drop_step(step.id),
            lambda _changes: self.context.messages.say(
                _("The step is out of the plan."),
                undo=lambda: self.context.change(lambda session: session.plans.add_step(contact_id, step)),
            ),
            owner=self,
        )  # fmt: skip

    def _keep_goals(self, *, told: bool) -> None:
        contact_id, goals = self._contact_id, self.goals.words()

        def kept(_changes: object) -> None:
            if contact_id == self._contact_id:
                self._goals = goals
            if told:
                self.context.messages.say(_("The goals are kept."))

        self.context.change(
            lambda session: session.plans.set_goals(contact_id, goals), kept, self.context.messages.tell_error,
            owner=self,
        )  # fmt: skip

    def _keep_person(self, person: ContactPerson) -> None:
        contact_id = self._contact_id
        self.context.change(
            lambda session: session.plans.set_contact_person(contact_id, person),
            lambda _changes: self.person.close_form(),
            lambda error: self.person.ask.say(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on: self._begin())
        self.form.confirmed.connect(self._keep_step)
        self.form.left.connect(self.go_back)
        self.keep_goals.clicked.connect(lambda _on: self._keep_goals(told=True))
        self.person.written.connect(self._keep_person)

    def _lay_out(self) -> None:
        goals = Card(_("Goals, in her words"))
        goals.add(self.goals)
        goals.add_row(self.keep_goals)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(goals)
        scroll.add(self.list)
        self.list.column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeading)
        self.list.column.addWidget(self.form)
        scroll.add(self.person)
        scroll.add(self.papers)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _read(session: Session, contact_id: str) -> Planned:
    return Planned(session.plans.find_plan(contact_id), session.plans.find_contact_person(contact_id))


def _keep(session: Session, contact_id: str, step: PlanStep) -> Changes | KeptStep:
    return session.plans.change_step(step) if step.id else session.plans.add_step(contact_id, step)
