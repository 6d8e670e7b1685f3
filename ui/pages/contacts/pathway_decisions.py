"""Decisions of CMM, the Immigration Service or a court: written down with maker and date, taken back, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from outreach_app.domain.decision import MAKERS
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.pathway_words import maker_words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.services.pathways import ContactPathway


class DecisionsCard(ListCard):
    """The only way to a standing: what a letter says, with who decided and when."""

    written = Signal(str, str, object, str)  # maker, outcome, day, words
    taken_back = Signal(str)
    put_back = Signal(str)

    def __init__(self, code_words: Words, today: Callable[[], date], parent: QWidget | None = None) -> None:
        nothing = _("None yet. Only CMM, the Immigration Service and courts decide; here it is written down.")
        super().__init__(_("Decisions"), nothing, parent)
        self._words = code_words
        self.new = quiet_button(_("Write down a decision"), icon="plus")
        self.ask = AskPanel(_("What the letter says"), "", _("Keep the decision"))
        self.ask.sentence.hide()
        self.maker = ChoiceRow([(code, maker_words(code)) for code in MAKERS], may_be_empty=False)
        self.outcome = ChoiceRow(code_words.choices("decision_outcomes"), may_be_empty=False)
        self.day, self.words = DateField(today, (0, -1, -7)), QLineEdit()
        self.day.edit.setPlaceholderText(_("the date in the letter, like 3/11"))
        self.words.setPlaceholderText(_("what else it says, if it helps"))
        for name, field in (
            (_("Who decided"), self.maker), (_("What"), self.outcome), (_("Date of the decision"), self.day),
            (_("Words"), self.words),
        ):  # fmt: skip
            self.ask.fields.addWidget(LabelledField(name, field))
        self.ask.require(lambda: bool(self.maker.value() and self.outcome.value()) and self.day.value() is not None)
        self.column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.ask)
        self.ask.hide()
        self.new.clicked.connect(self.open_form)
        for changed in (self.maker.changed, self.outcome.changed, self.day.changed):
            changed.connect(lambda _value: self.ask.look())
        self.words.returnPressed.connect(self._written)
        self.ask.confirmed.connect(self._written)
        self.ask.left.connect(self.close_form)

    def show_pathway(self, found: ContactPathway) -> None:
        """Show the decisions about a contact, newest first."""
        self.show_rows(list(self._decision_rows(found)))

    def open_form(self) -> None:
        """Ask for a decision, in place."""
        for row in (self.maker, self.outcome):
            row.set_value("")
        self.day.set_value(None)
        self.words.clear()
        self.new.hide()
        self.ask.show()
        self.ask.begin()
        self.maker.setFocus()

    def close_form(self) -> None:
        """Ask no more; the keyboard goes back to the button."""
        self.ask.hide()
        self.new.show()
        self.new.setFocus()

    def _written(self) -> None:
        if self.ask.act.isEnabled():
            self.written.emit(self.maker.value(), self.outcome.value(), self.day.value(), self.words.text())

    def _decision_rows(self, found: ContactPathway) -> Iterator[ListRow]:
        for decision in found.decisions:
            outcome = self._words.of("decision_outcomes", decision.outcome)
            first = (day_in_words(decision.decided_on, found.today), maker_words(decision.maker), outcome)
            told, act, signal = isolated(decision.words), _("Take back"), self.taken_back
            if decision.taken_back_at is not None:
                day = day_in_words(decision.taken_back_at.date(), found.today)
                told = " · ".join(filter(None, (_("taken back {day}: written down by mistake").format(day=day), told)))
                act, signal = _("Put back"), self.put_back
            yield ListRow(" · ".join(first), told, act, partial(signal.emit, decision.id))
