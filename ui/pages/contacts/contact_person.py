"""Who stands by a contact: a name, an organisation, a telephone number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.plan import ContactPerson
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import quiet_button
from ui.widgets.card import Card
from ui.widgets.labelled_field import LabelledField


class ContactPersonCard(Card):
    """Says who it is, and asks in place."""

    written = Signal(object)  # ContactPerson

    def __init__(self) -> None:
        super().__init__(_("Contact person"))
        self._person: ContactPerson | None = None
        self.change = quiet_button(_("Name somebody"), icon="edit")
        self.ask = AskPanel(_("Who stands by her"), "", _("Keep"))
        self.ask.sentence.hide()
        self.name, self.organisation, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        fields = ((_("Name"), self.name), (_("Organisation"), self.organisation), (_("Telephone"), self.phone))
        for label, line in fields:
            self.ask.fields.addWidget(LabelledField(label, line))
            self.ask.watch(line)
        self.add_row(self.change)
        self.add(self.ask)
        self.ask.hide()
        self.change.clicked.connect(lambda _on: self.open_form())
        self.ask.confirmed.connect(self._written)
        self.ask.left.connect(self.close_form)

    def show_person(self, person: ContactPerson | None) -> None:
        """Show who it is; while the form is open it stays."""
        self._person = person
        nobody = _("Nobody yet. Everybody with a reflection period has one; anybody may.")
        told = nobody
        if person is not None:
            told = " · ".join(isolated(part) for part in (person.name, person.organisation, person.phone))
        self.say(told)
        self.change.setText(_("Name somebody") if person is None else _("Change"))

    def open_form(self) -> None:
        """Ask who it is, with what is known filled in."""
        known = self._person or ContactPerson("", "", "")
        self.change.hide()
        self.ask.show()
        self.ask.begin()
        self.name.setText(known.name)
        self.organisation.setText(known.organisation)
        self.phone.setText(known.phone)
        self.name.setFocus()

    def close_form(self) -> None:
        """Ask no more."""
        had = any(line.hasFocus() for line in (self.name, self.organisation, self.phone))
        self.ask.hide()
        self.change.show()
        if had:
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> None:
        self.written.emit(ContactPerson(self.name.text(), self.organisation.text(), self.phone.text()))
