"""Works the pathway of a contact the way a worker does, over a real vault."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson
from ui.pages.contacts.pathway import PathwayView

TODAY = date(2026, 3, 2)
DECIDED = date(2026, 2, 20)


def key(code, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), code, modifier)
    QApplication.processEvents()


def typed(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def shown_view(parts, qtbot, size=(720, 600)):
    contact = parts.ask(lambda session: session.contacts.record_contact("Red jacket"))
    made = PathwayView(parts.context)
    qtbot.addWidget(made)
    parts.context.changes_hub.changed.connect(made.refresh)
    made.resize(*size)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_contact(contact)
    parts.settle()
    made.contact_id = contact.id
    return made


def name_person(parts, contact_id):
    parts.ask(lambda session: session.plans.set_contact_person(contact_id, ContactPerson("Bo Lind", "CMM", "12")))


def begin(parts, view, **facts):
    """Keep facts and a decision of 20 February behind the view's back."""
    name_person(parts, view.contact_id)
    parts.ask(lambda session: session.pathways.keep_facts(view.contact_id, PathwayFacts("none", **facts)))
    parts.ask(lambda session: session.pathways.record_decision(view.contact_id, "dis", "period_given", DECIDED, "letter A"))
    view._ask()
    parts.settle()


def kept(parts, view):
    return parts.ask(lambda session: session.pathways.find_pathway(view.contact_id))


def sentences(view, topic):
    return [row.first for row in view.law.cards[topic].rows()]
