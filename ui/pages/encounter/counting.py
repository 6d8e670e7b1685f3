"""Counting without a note: people of a day, and police actions; each can be taken back at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.police_action import PoliceAction
from outreach_app.domain.tally import Tally
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.count_words import figures_words
from ui.models.rows import PoliceRow
from ui.pages.encounter.book import Book
from ui.pages.encounter.count_step import CountStep
from ui.pages.encounter.police_step import PoliceStep

if TYPE_CHECKING:
    from outreach_app.services.police_actions import Noted
    from outreach_app.services.tallies import Counted

SHOWN = 8  # police actions below the form


class Counting(QObject):
    """Holds the two steps of the encounter page that end in a number."""

    over = Signal()  # kept: nothing is half written any more
    left = Signal()  # a note is wanted instead

    def __init__(self, context: Context, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._book = book
        self.count_step, self.police_step = CountStep(book), PoliceStep(book)
        self.count_step.counted.connect(self._count)
        self.count_step.known.new_wanted.connect(self._new_person)
        self.police_step.noted.connect(self._note)
        self.police_step.taken_back.connect(self._take_back)
        for step in self.steps():
            step.left.connect(self.left)

    def steps(self) -> tuple[CountStep, PoliceStep]:
        """Return the two steps, for the stack of the page."""
        return self.count_step, self.police_step

    def holds(self, step: QWidget | None) -> bool:
        """Tell whether ``step`` is one of the two."""
        return step in self.steps()

    def begin_police(self) -> None:
        """Ask for a police action, with what was noted this year below."""
        self.police_step.begin()
        self._ask_year()

    def _count(self, tally: Tally, known: Mapping[str, int]) -> None:
        self._context.change(
            lambda session: session.tallies.record_tally(tally, known), lambda done: self._counted(tally, done),
            owner=self,
        )  # fmt: skip

    def _counted(self, tally: Tally, done: Counted) -> None:
        self.over.emit()
        day = figures_words(done.day, tally.setting)
        self._context.messages.say(
            _("Counted. That day now: {figures}").format(figures=day),
            undo=lambda: self._context.change(lambda session: session.tallies.take_back(done)),
        )
        self._context.go_to("today")

    def _new_person(self, name: str, uses: int) -> None:
        self._context.change(
            lambda session: session.contacts.record_contact(name), lambda made: self._person_made(made, uses),
            owner=self,
        )  # fmt: skip

    def _person_made(self, contact: Contact, uses: int) -> None:
        self._book.contacts = (contact, *self._book.contacts)
        self.count_step.known.add(contact, uses)
        self._context.changes_hub.changed.emit(Changes(contacts=True))

    def _note(self, action: PoliceAction) -> None:
        self._context.change(
            lambda session: session.police_actions.record_action(action), self._noted, owner=self
        )

    def _noted(self, noted: Noted) -> None:
        self.over.emit()
        self._context.messages.say(
            _("The police action is noted."),
            undo=lambda: self._context.change(lambda session: session.police_actions.take_back(noted.id)),
        )
        self._context.go_to("today")

    def _take_back(self, row: PoliceRow) -> None:
        action = row.action

        def again() -> None:
            self._context.change(
                lambda session: session.police_actions.record_action(action), lambda _noted: self._ask_year(),
                owner=self,
            )  # fmt: skip

        def gone(_changes: Changes) -> None:
            self._context.messages.say(_("The police action was taken back."), undo=again)
            self._ask_year()

        self._context.change(lambda session: session.police_actions.take_back(row.id), gone, owner=self)

    def _ask_year(self) -> None:
        today = self._book.today()
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        self._context.ask(
            lambda session: (
                session.police_actions.figures(first, last), session.police_actions.list_actions(first, last, SHOWN)
            ),
            lambda answer: self.police_step.show_year(*answer), owner=self,
        )  # fmt: skip
