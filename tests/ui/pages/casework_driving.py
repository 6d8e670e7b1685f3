"""The contacts page with one contact open in a view, driven by keys: what tests of casework work with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.consent import Given
from outreach_app.domain.encounter import Encounter
from tests.support.casework import talked_through
from ui.pages.contacts.page import ContactsPage


class Desk:
    """The contacts page with one contact open in a view."""

    def __init__(self, page: ContactsPage, parts, contact_id: str) -> None:
        self.page, self.parts, self.id = page, parts, contact_id
        self.today = parts.clock.local_now().date()

    def open(self, name: str):
        self.page.shown({"contact_id": self.id, "view": name})
        self.parts.settle()
        return self.page.detail.views.view(name)

    def note(self, **values) -> str:
        content = Encounter(self.parts.clock.local_now(), "street", contact_id=self.id, **values)
        return self.parts.ask(lambda session: session.encounters.finish_encounter(content).id)

    def agrees(self, recipient: str, **values) -> None:
        given = Given(recipient, "ro", "spoken", "alone", self.today, **values)
        self.parts.ask(lambda session: session.consents.record_consent(self.id, talked_through(), given))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.focused(), key)
        self.parts.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focused(), words)

    def focused(self):
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def said(self) -> str:
        return self.parts.said[-1][1]

    def ask(self, question):
        return self.parts.ask(question)


def open_desk(qtbot, parts) -> Desk:
    """Show the page with a contact called "Red jacket" in the vault."""
    contact_id = parts.ask(lambda session: session.contacts.record_contact("Red jacket").id)
    page = ContactsPage(parts.context)
    qtbot.addWidget(page)
    parts.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return Desk(page, parts, contact_id)
