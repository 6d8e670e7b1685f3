"""Stays of a contact at shelters: when she came and left, and a code for where; the average of all stays below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.shelter_stay import ShelterStay
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import locale, ngettext
from ui.context import Context
from ui.models.dates import day_in_words
from ui.models.finding import find_choices
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.date_field import DateField
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice, TypeAhead

if TYPE_CHECKING:
    from outreach_app.services.shelter_stays import AverageStay, StayKept

BACK = (0, -1, -7, -14)


class StaysView(ContactView):
    """A stay that goes on has no end; "She left today" ends it, and can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contact_id = ""
        self._shelters: tuple[str, ...] = ()
        nothing = _("No stay yet. A shelter is possible before anything is decided.")
        self.list = ListCard(_("Stays at shelters"), nothing)
        self.shelter = TypeAhead(self._find, placeholder=_("a code of your own, never an address"), keep_text=True)
        self.entered, self.left = DateField(self._today, BACK), DateField(self._today, BACK)
        self.left.edit.setPlaceholderText(_("empty while she is there"))
        self.keep = button(_("Keep the stay"))
        self.average = words(tone="muted")
        self._lay_out()
        for line in (self.shelter, self.entered.edit, self.left.edit):
            line.textChanged.connect(lambda _text: self._look())
            line.returnPressed.connect(self._enter)
        self.keep.clicked.connect(self._enter)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self.keep_draft_now()
        self.list.show_rows([])
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework or changes.contacts:
            self._ask()

    def focus_first(self) -> None:
        self.shelter.setFocus()

    def keep_draft_now(self) -> None:
        self.shelter.clear()
        self.entered.set_value(self._today())
        self.left.set_value(None)
        self._look()

    def _today(self) -> date:
        return self.context.program.clock.local_now().date()

    def _ask(self) -> None:
        contact_id = self._contact_id
        ask = self.context.ask
        ask(lambda session: session.shelter_stays.list_stays(contact_id), self._show, owner=self)
        ask(lambda session: session.shelter_stays.list_shelters(), self._show_shelters, owner=self)
        ask(lambda session: session.shelter_stays.average_stay(), self._show_average, owner=self)

    def _find(self, typed: str) -> Sequence[Choice]:
        return find_choices((Choice(code, code) for code in self._shelters), typed)

    def _show(self, stays: Sequence[ShelterStay]) -> None:
        self.list.show_rows([self._row(stay) for stay in stays])

    def _row(self, stay: ShelterStay) -> ListRow:
        today = self._today()
        came = day_in_words(stay.entered_on, today)
        took = (_("Take away"), partial(self._take_away, stay))
        if stay.left_on is None:
            days = (today - stay.entered_on).days
            told = ngettext("there for {count} day", "there for {count} days", days).format(count=days)
            second = _("since {day}").format(day=came) + f" · {told}"
            return ListRow(isolated(stay.shelter), second, _("She left today"), partial(self._leave, stay), *took)
        days = (stay.left_on - stay.entered_on).days
        told = ngettext("{count} day", "{count} days", days).format(count=days)
        return ListRow(isolated(stay.shelter), f"{came} – {day_in_words(stay.left_on, today)} · {told}", *took)

    def _show_shelters(self, shelters: tuple[str, ...]) -> None:
        self._shelters = shelters

    def _show_average(self, average: AverageStay) -> None:
        told = ""
        if average.days is not None:
            told = ngettext(
                "On average a stay lasted {days} days ({count} stay of this laptop that is over).",
                "On average a stay lasted {days} days ({count} stays of this laptop that are over).", average.stays,
            ).format(days=format_decimal(round(average.days, 1), locale=locale()), count=average.stays)  # fmt: skip
        self.average.setText(told)
        self.average.setVisible(bool(told))

    def _look(self) -> None:
        self.keep.setEnabled(
            bool(self.shelter.text().strip()) and self.entered.value() is not None and self.left.understood()
        )

    def _enter(self) -> None:
        entered = self.entered.value()
        if not self.keep.isEnabled() or entered is None:
            return
        contact_id, shelter, left = self._contact_id, self.shelter.text(), self.left.value()
        self.context.change(
            lambda session: session.shelter_stays.enter(contact_id, shelter, entered, left),
            lambda _kept: self._entered(), owner=self,
        )  # fmt: skip

    def _entered(self) -> None:
        self.keep_draft_now()
        self.context.messages.say(_("The stay is kept."))

    def _leave(self, stay: ShelterStay) -> None:
        ended = replace(stay, left_on=self._today())

        def undo() -> None:
            self.context.change(lambda session: session.shelter_stays.amend(stay))

        self.context.change(
            lambda session: session.shelter_stays.amend(ended),
            lambda _changes: self.context.messages.say(_("She left today."), undo=undo), owner=self,
        )  # fmt: skip

    def _take_away(self, stay: ShelterStay) -> None:
        def done(taken: StayKept) -> None:
            def undo() -> None:
                self.context.change(lambda session: session.shelter_stays.put_back(taken.stay))

            self.context.messages.say(_("The stay is taken away."), undo=undo)

        self.context.change(lambda session: session.shelter_stays.take_away(stay.id), done, owner=self)

    def _lay_out(self) -> None:
        grid = FormGrid()
        grid.add(_("Shelter"), self.shelter)
        grid.add(_("Came on"), self.entered)
        grid.add(_("Left on"), self.left)
        self.shelter.setObjectName("contact.shelter")
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(self.list)
        scroll.add(grid)
        scroll.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.add(self.average)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
