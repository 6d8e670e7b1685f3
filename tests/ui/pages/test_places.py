"""The places page: what should be seen again, quick actions with undo, notes written there, and text that is never lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.pages.places import PlacesPage


@pytest.fixture
def page(qtbot, filled):
    made = PlacesPage(filled.context)
    qtbot.addWidget(made)
    filled.context.changes_hub.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown({})
    filled.settle()
    return made


def place(parts, code):
    return next(each for each in parts.ask(lambda session: session.places.list_places(code)) if each.code == code)


def open_place(page, parts, code):
    page.table.opened.emit(page.rows.row_of(place(parts, code).id))
    parts.settle()
    return page.detail


def codes(page):
    return [page.rows.data(page.rows.index(row, 0)).strip("\u2068\u2069") for row in range(page.rows.rowCount())]


def test_what_should_be_seen_again_is_listed_alone_with_the_suspected(filled, page):
    detail = open_place(page, filled, "Havn 3")
    detail.suspicion.setText("new women each week \u202e")
    detail.keep.click()
    filled.settle()
    page.which.toggle("revisit")
    filled.settle()
    assert codes(page) == ["Station", "Havn 3"]
    assert page.rows.data(page.rows.index(1, 3)) == "suspicion"
    page.which.toggle("revisit")
    filled.settle()
    assert len(codes(page)) == 3
    page.shown({"revisit": "1"})
    filled.settle()
    assert codes(page) == ["Station", "Havn 3"]


def test_quick_actions_change_the_place_and_can_be_undone(filled, page):
    today = filled.clock.local_now().date()
    detail = open_place(page, filled, "Station")
    assert detail.seen.text().startswith("Last seen yesterday · ")
    detail.been.click()
    filled.settle()
    assert (place(filled, "Station").visited_on, place(filled, "Station").revisit_on) == (today, None)
    assert detail.isVisible()
    assert detail.seen.text().startswith("Last seen today")
    detail.later.click()
    filled.settle()
    assert place(filled, "Station").revisit_on == today + timedelta(days=7)
    detail.been.click()
    filled.settle()
    assert place(filled, "Station").revisit_on == today + timedelta(days=7), "a day ahead stays"
    for undo in reversed(filled.undos[-3:]):
        undo()
        filled.settle()
    assert (place(filled, "Station").visited_on, place(filled, "Station").revisit_on) == (None, today)
    assert detail.revisit.value() == today


def test_the_warning_and_the_notes_written_there_are_shown(filled, page):
    detail = open_place(page, filled, "Vesterbro 12")
    assert "alone" in detail.known_warning.text()
    rows = detail.notes.rows()
    assert len(rows) == 5
    rows[0].on_action()
    assert filled.went[-1][0] == "encounters"
    detail = open_place(page, filled, "Havn 3")
    assert not detail.known_warning.isVisible()
    assert detail.seen.text() == "Not seen yet · 0 notes here"


def test_esc_keeps_what_was_written(filled, page):
    detail = open_place(page, filled, "Station")
    detail.note.setText("by the stairs")
    assert page.go_back()
    filled.settle()
    assert not detail.isVisible()
    assert place(filled, "Station").note == "by the stairs"
    assert page.go_back() is False


def test_another_place_or_another_page_keeps_what_was_written_first(filled, page):
    detail = open_place(page, filled, "Station")
    detail.note.setText("by the stairs")
    open_place(page, filled, "Havn 3")
    assert place(filled, "Station").note == "by the stairs"
    assert detail.place_id == place(filled, "Havn 3").id
    detail.warning.setText("never alone")
    page.keep_draft_now()
    filled.settle()
    assert place(filled, "Havn 3").warning == "never alone"
    assert detail.known_warning.isVisible()
    page.keep_draft_now()


def test_a_refusal_leaves_the_words_where_they_are(filled, page):
    page.new.click()
    QTest.keyClicks(page.detail.code, "station")
    page.detail.note.setText("long words")
    page.go_back()
    with pytest.raises(AssertionError, match="PlaceCodeTakenError"):
        filled.settle()
    filled.failures.clear()
    assert page.detail.isVisible()
    assert page.detail.note.text() == "long words"
    page.detail.code.setText("Station 2")
    page.go_back()
    filled.settle()
    assert not page.detail.isVisible()
    assert place(filled, "Station 2").note == "long words"


def test_words_without_a_code_are_asked_about_once(filled, page):
    page.new.click()
    page.detail.note.setText("long words")
    assert page.go_back()
    assert page.detail.isVisible()
    assert QApplication.focusWidget() is page.detail.code
    assert filled.said[-1][0] == "notice"
    page.keep_draft_now()
    assert page.go_back()
    assert not page.detail.isVisible()
    assert len(codes(page)) == 3


def test_a_line_end_in_a_stored_note_is_no_change(filled, page):
    filled.ask(lambda session: session.places.record_place("Long", "street", note="one\ntwo", revisit_on=date(2026, 4, 1)))
    page.shown({})
    filled.settle()
    detail = open_place(page, filled, "Long")
    assert not detail.changed()
    page.go_back()
    filled.settle()
    assert place(filled, "Long").note == "one\ntwo"


def test_a_place_is_found_opened_and_visited_by_keyboard_alone(filled, page, qtbot):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is page.new
    page.view.filter.setFocus()
    QTest.keyClicks(page.view.filter, "hav")
    filled.settle()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    QTest.keyClick(page.detail.code, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(filled.said))
    filled.settle()
    assert place(filled, "Havn 3").visited_on == filled.clock.local_now().date()
