"""A hand-over by phone is written in the note: to whom, what, and why where she did not agree; it blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.encounter import HandOver
from tests.ui.pages.encounter_driving import begin_at, shown_page


def test_a_hand_over_is_written_by_keyboard_and_asks_for_its_reason(filled, qtbot):
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    view = page.form_view
    fields = view.hand_over
    assert not fields.isVisible()
    view.hand_over_opener.button.setFocus()
    QTest.keyClick(view.hand_over_opener.button, Qt.Key.Key_Space)
    assert fields.isVisible()
    fields.called.setFocus()
    QTest.keyClicks(fields.called, "municipality")
    QTest.keyClick(fields.called, Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "asked for a bed")
    assert fields.meaning.property("tone") == "notice"
    QTest.keyClick(fields.said, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is fields.why
    QTest.keyClicks(fields.why, "she is a child")
    assert fields.meaning.property("tone") == "muted"
    assert page.form().content.hand_over == HandOver("municipality", "asked for a bed", "she is a child")
    for field in (fields.called, fields.said, fields.why):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
    assert page.form().content.hand_over is None


def test_without_a_reason_the_note_is_finished_all_the_same_and_comes_back_open(filled, qtbot):
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    page.form_view.hand_over.called.setFocus()
    page.form_view.hand_over_opener.set_open(True)
    QTest.keyClicks(page.form_view.hand_over.called, "police")
    page.form_view.finish.click()
    filled.settle()
    note = filled.ask(lambda session: session.encounters.find_encounter(session.encounters.list_encounters()[0].id))
    assert note.current.content.hand_over == HandOver("police")
    page.shown({"amend": note.id})
    filled.settle()
    assert page.form_view.hand_over.isVisible()
    assert page.form_view.hand_over.called.text() == "police"
