"""The names of a contact by keyboard: renaming, further names, one person or two, and the hint while typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.pages.contact_driving import contact_id, firsts, page_opener, undo, view_of
from ui.dialogs.alike_hint import AlikeHint


@pytest.fixture
def opened(qtbot):
    return page_opener(qtbot)


def test_a_contact_is_renamed_by_keyboard_and_back(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.short_name.setFocus()
    view.short_name.selectAll()
    QTest.keyClicks(view.short_name, "Mara")
    QTest.keyClick(view.short_name, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Mara\u2069"
    undo(filled)
    assert page.detail.heading.text() == "\u2068Maria P.\u2069"
    assert view.short_name.text() == "Maria P."


def test_a_true_name_is_forgotten_for_good(filled, opened):
    page, view = view_of(opened, filled, "names")
    assert view.forget.isHidden()
    view.short_name.setText("Scarf")
    assert view.forget.isVisible()
    view.forget.click()
    filled.settle()
    assert filled.said[-1][1] == "The old name is forgotten."
    assert page.detail.heading.text() == "\u2068Scarf\u2069"
    assert not filled.ask(lambda session: session.keeping.overview()).unfinished


def test_another_name_is_added_and_taken_away_with_undo(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.kind._choose("phone")
    view.alias.setFocus()
    QTest.keyClicks(view.alias, "12 34 56 78")
    QTest.keyClick(view.alias, Qt.Key.Key_Return)
    filled.settle()
    assert view.alias.text() == ""
    assert firsts(view.aliases) == ["12 34 56 78"]
    assert "12 34 56 78" in page.detail.names.text()
    view.aliases.rows()[0].on_action()
    filled.settle()
    assert view.aliases.rows() == ()
    undo(filled)
    assert firsts(view.aliases) == ["12 34 56 78"]


def test_somebody_called_nearly_so_is_merged_or_told_apart_with_undo(filled, opened):
    filled.ask(lambda session: session.contacts.record_contact("Marja P."))
    page, view = view_of(opened, filled, "names")
    assert firsts(view.same) == ["Marja P."]
    view.same.rows()[0].on_second()
    filled.settle()
    assert view.same.rows() == ()
    undo(filled)
    assert firsts(view.same) == ["Marja P."]
    view.same.reason.setText("same tattoo")
    view.same.rows()[0].on_action()
    filled.settle()
    assert view.same.other.hasFocus()
    assert page.rows.rowCount() == 2
    assert "same tattoo" in view.history.rows()[0].second_line
    assert "Marja P." in page.detail.names.text()
    undo(filled)
    assert page.rows.rowCount() == 3
    assert "taken back" in view.history.rows()[0].second_line


def test_any_contact_is_merged_by_typing_its_name(filled, opened):
    page, view = view_of(opened, filled, "names")
    other = view.same.other
    other.setFocus()
    QTest.keyClicks(other, "jack")
    filled.settle()
    assert [choice.label for choice in other.offered()] == ["Red jacket"]
    assert not view.same.merge.isEnabled()
    QTest.keyClick(other, Qt.Key.Key_Return)
    view.same.merge.click()
    filled.settle()
    assert page.rows.rowCount() == 1
    assert other.hasFocus(), "the next one can be typed"
    view.history.rows()[0].on_action()
    filled.settle()
    assert page.rows.rowCount() == 2
    assert page.detail.heading.text() == "\u2068Red jacket\u2069", "the one that stands apart again is shown"


def test_notes_are_split_off_by_keyboard(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.split_opener.set_open(True)
    panel = view.split
    assert panel.notes.count() == 3
    panel.notes.setFocus()
    panel.notes.setCurrentRow(1)
    QTest.keyClick(panel.notes, Qt.Key.Key_Space)
    assert not panel.split.isEnabled()
    QTest.keyClicks(panel.name, "Other one")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Other one\u2069"
    assert page.detail.met.text() == "1 note"
    undo(filled)
    assert filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P.").encounters) == 3


def test_a_new_contact_nearly_called_so_is_told_of_while_typing(filled, opened, qtbot):
    page = opened(filled)
    page.new.click()
    QTest.keyClicks(page.detail.naming.name, "red jaket")
    hint = page.detail.naming.hint
    qtbot.waitUntil(hint.isVisible)
    filled.settle()
    assert firsts(hint.list) == ["Red jacket"]
    hint.list.rows()[0].on_second()
    assert not hint.isVisible()
    assert hint.told_apart() == {contact_id(filled, "Red jacket")}
    QTest.keyClick(page.detail.naming.name, Qt.Key.Key_Return)
    filled.settle()
    made = contact_id(filled, "red jaket")
    assert filled.ask(lambda session: session.alike.find_alike_to(made)) == ()


def test_it_is_she_opens_the_contact(filled, opened, qtbot):
    page = opened(filled)
    page.new.click()
    QTest.keyClicks(page.detail.naming.name, "maria")
    hint = page.detail.naming.hint
    qtbot.waitUntil(hint.isVisible)
    hint.list.rows()[0].on_action()
    filled.settle()
    assert page.detail.heading.text() == "\u2068Maria P.\u2069"


def test_an_answer_that_comes_late_is_not_shown(filled, qtbot):
    hint = AlikeHint(filled.context)
    qtbot.addWidget(hint)
    hint.look("maria")
    hint._ask()
    hint.look("")
    filled.settle()
    QApplication.processEvents()
    assert hint.shown() == ()


def test_names_as_long_as_a_line_or_turned_round_stay_in_their_place(filled, opened):
    hers = contact_id(filled)
    for name in ("\u202e" + "evil" * 60, "a" + "\u0301" * 390, "W" * 390):
        filled.ask(lambda session, name=name: session.names.add_alias(hers, "online", name))
    page, view = view_of(opened, filled, "names")
    assert len(view.aliases.rows()) == 3
    assert all(row.first.startswith("\u2068") and row.first.endswith("\u2069") for row in view.aliases.rows())
    assert page.detail.width() < page.width()
    assert view.aliases.width() <= page.detail.width()
