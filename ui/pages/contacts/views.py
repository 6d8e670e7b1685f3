"""The views of one contact: a table of them, what each offers, and the row and stack that show one at a time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.tokens import SPACE_2
from ui.widgets.choice_row import ChoiceRow


class ContactView(QWidget):
    """One view of a contact, made with the context when it is first shown; it asks the services for what it shows.

    A view reads what it needs in ``show_contact`` and again in ``refresh`` where ``changes`` touched it. It says
    something where there is nothing yet: what it is for and the key that starts.
    """

    contact_requested = Signal(str)  # id: the page opens another contact
    erasing_requested = Signal()  # the page asks whether to erase the contact shown
    view_requested = Signal(str)  # name of another view of the same contact

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def show_contact(self, contact: Contact) -> None:
        """Show this contact; half-written words about another one are let go."""

    def refresh(self, changes: Changes) -> None:
        """Read again what ``changes`` touched, about the contact last shown; words half written stay."""

    def focus_first(self) -> None:
        """Put the keyboard into the first field or onto the first row."""

    def open_form(self, name: str) -> None:
        """Open the form of this name, with the keyboard in its first field."""

    def go_back(self) -> bool:
        """Step back inside the view (Esc); return whether there was a step to take."""
        return False

    def keep_draft_now(self) -> None:
        """Keep or let go of what is half written: the window is left or locked."""


class ViewRow(NamedTuple):
    """``made_by`` names module and class: a ContactView made with the context."""

    name: str
    label: str
    made_by: str


VIEWS: tuple[ViewRow, ...] = (
    ViewRow("timeline", N_("Timeline"), "ui.pages.contacts.timeline:TimelineView"),
    ViewRow("names", N_("Names"), "ui.pages.contacts.names:NamesView"),
    ViewRow("agreed", N_("Agreed"), "ui.pages.contacts.agreed:AgreedView"),
    ViewRow("referrals", N_("Referrals"), "ui.pages.contacts.referrals:ReferralsView"),
    ViewRow("plan", N_("Plan"), "ui.pages.contacts.plan:PlanView"),
    ViewRow("pathway", N_("Pathway"), "ui.pages.contacts.pathway:PathwayView"),
    ViewRow("stays", N_("Stays"), "ui.pages.contacts.stays:StaysView"),
    ViewRow("others", N_("Others"), "ui.pages.contacts.others:OthersView"),
    ViewRow("data", N_("Her data"), "ui.pages.contacts.data:DataView"),
)


class ContactViews(QWidget):
    """The row of views and the one in front; each is made when it is first opened."""

    contact_requested = Signal(str)
    erasing_requested = Signal()

    def __init__(self, context: Context, rows: tuple[ViewRow, ...] = VIEWS) -> None:
        super().__init__()
        self._context = context
        self._rows = {row.name: row for row in rows}
        self._views: dict[str, ContactView] = {}
        self._shown: dict[str, str] = {}  # which contact each view shows
        self._contact: Contact | None = None
        self.current = rows[0].name
        self.choices = ChoiceRow([(row.name, _(row.label)) for row in rows], may_be_empty=False)
        self.choices.setAccessibleName(_("About this contact"))
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.choices)
        column.addWidget(self._stack, 1)
        self.choices.changed.connect(self.open_view)
        self.setFocusProxy(self.choices)
        for key, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(key), self, lambda by=by: self._step(by))

    def show_contact(self, contact: Contact, name: str = "") -> None:
        """Show a contact in the view of this name; without one in the view that was open."""
        if self._contact is None or self._contact.id != contact.id:
            self._shown.clear()
        self._contact = contact
        self.open_view(name if name in self._rows else self.current)

    def open_view(self, name: str) -> ContactView:
        """Bring a view to the front and return it."""
        view = self._views.get(name)
        if view is None:
            module, made = self._rows[name].made_by.split(":")
            maker: Callable[[Context], ContactView] = getattr(importlib.import_module(module), made)
            view = self._views[name] = maker(self._context)
            view.contact_requested.connect(self.contact_requested)
            view.erasing_requested.connect(self.erasing_requested)
            view.view_requested.connect(self._go_to_view)
            self._stack.addWidget(view)
        if name != self.current and self.current in self._views:
            self._views[self.current].keep_draft_now()
        self.current = name
        self.choices.set_value(name)
        self._stack.setCurrentWidget(view)
        if self._contact is not None and self._shown.get(name) != self._contact.id:
            self._shown[name] = self._contact.id
            view.show_contact(self._contact)
        return view

    def _go_to_view(self, name: str) -> None:
        if name in self._rows:
            self.open_view(name).focus_first()

    def _step(self, by: int) -> None:
        """Open the view before or after the one in front, round about, and begin in it."""
        names = tuple(self._rows)
        self._go_to_view(names[(names.index(self.current) + by) % len(names)])

    def view(self, name: str) -> ContactView | None:
        """Return a view that was opened before."""
        return self._views.get(name)

    def refresh(self, changes: Changes) -> None:
        """Let the views that show the contact read again what was touched."""
        for name in self._shown:
            self._views[name].refresh(changes)

    def forget(self) -> None:
        """Show no contact any more: the next one is read anew."""
        self._contact = None
        self._shown.clear()

    def keep_draft_now(self) -> None:
        """Let the view in front keep or let go of what is half written."""
        if self.current in self._views:
            self._views[self.current].keep_draft_now()

    def go_back(self) -> bool:
        """Step back inside the view, then to the row of views; return whether there was a step."""
        view = self._views.get(self.current)
        if view is None or not self._shown:
            return False
        if view.go_back():
            return True
        if not any(each.hasFocus() for each in view.findChildren(QWidget)):
            return False
        self.choices.setFocus()
        return True

    def has_keyboard(self) -> bool:
        """Tell whether the row of views has the keyboard."""
        return any(button.hasFocus() for button in self.choices.findChildren(QPushButton))
