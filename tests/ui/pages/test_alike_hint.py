"""The hint that somebody may be known, in the note: shown while a name is typed, confirmed or dismissed by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.pages.encounter_driving import begin_at, shown_page
from ui.models.encounter_form import KNOWN_CONTACT, PROVISIONAL_CONTACT


@pytest.fixture
def who(filled, qtbot):
    maria = filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P.").id)
    filled.ask(lambda session: session.names.add_alias(maria, "online", "Rosenrot"))
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    page.form_view.who.contact_way._choose(PROVISIONAL_CONTACT)
    return page.form_view.who  # the page lives as long


def typed(filled, qtbot, who, text):
    who.contact.setFocus()
    who.contact.clear()
    QTest.keyClicks(who.contact, text)
    who.hint._pause.timeout.emit()
    filled.settle()


def test_another_name_of_hers_is_told_of_and_it_is_she(filled, qtbot, who):
    typed(filled, qtbot, who, "rosenrod")
    assert who.hint.isVisible()
    (row,) = who.hint.list.rows()
    assert (row.first, row.second_line) == ("\u2068Maria P.\u2069", "online as \u2068Rosenrot\u2069")
    for _each in range(2):  # "Somebody else" comes first
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName().startswith("It is she")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    filled.settle()
    assert who.contact_way.value() == KNOWN_CONTACT
    assert who.contact.text() == "Maria P."
    assert not who.hint.isVisible()


def test_somebody_else_is_not_shown_again_and_nobody_where_nobody_is_alike(filled, qtbot, who):
    typed(filled, qtbot, who, "red jaket")
    assert who.hint.isVisible()
    who.hint.list.rows()[0].on_second()
    assert not who.hint.isVisible()
    typed(filled, qtbot, who, "red jackett")
    assert not who.hint.isVisible()
    typed(filled, qtbot, who, "tall umbrella")
    assert not who.hint.isVisible()


def test_a_known_one_found_by_her_short_name_needs_no_hint(filled, qtbot, who):
    who.contact_way._choose(KNOWN_CONTACT)
    typed(filled, qtbot, who, "mar")
    assert [choice.label for choice in who.contact.offered()] == ["Maria P."]
    assert not who.hint.isVisible()
    typed(filled, qtbot, who, "rosenr")
    assert who.hint.isVisible()
