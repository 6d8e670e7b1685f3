"""Counting without a note: whom one knows among many, police actions, and the way back from a slip."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from outreach_app.domain.police_action import PoliceAction, PoliceFigures
from outreach_app.domain.tally import UseFigures
from tests.ui.pages.encounter_driving import shown_page

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def type_into(field, text, *keys):
    field.setFocus()
    QTest.keyClicks(field, text)
    for key in keys:
        QTest.keyClick(field, key)


def finish(parts, qtbot, field):
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(parts.went))
    parts.settle()


def day(parts):
    return parts.ask(lambda session: session.tallies.day_figures(parts.clock.local_now().date(), "mobile_health_unit"))


def counting(parts, qtbot):
    page = shown_page(parts, qtbot, count="1")
    step = page.counting.count_step
    step.setting.set_value("mobile_health_unit")
    return page, step


def test_134_uses_are_counted_with_the_people_one_knows_by_keyboard(filled, qtbot):
    _page, step = counting(filled, qtbot)
    assert QApplication.focusWidget() is step.count
    QTest.keyClicks(step.count, "134")
    type_into(step.known.entry, "red 5", Qt.Key.Key_Return)
    type_into(step.known.entry, "maria", Qt.Key.Key_Return)
    type_into(step.known.entry, "maria", Qt.Key.Key_Return)
    type_into(step.known.entry, "Blue cap 3", Qt.Key.Key_Return)
    filled.settle()
    assert step.sums.text() == "134 uses · 3 people you know · 124 uncoded"
    finish(filled, qtbot, step.count)
    assert (day(filled).uses, day(filled).people, day(filled).uncoded) == (134, 3, 124)
    assert filled.said[-1] == ("calm", "Counted. That day now: 134 uses · 3 people you know · 124 uncoded")
    assert filled.went[-1][0] == "today"
    assert filled.ask(lambda session: session.contacts.find_contact_by_name("blue cap")).provisional
    filled.undos[-1]()
    filled.settle()
    assert day(filled) == UseFigures(0, 0, 0, {})


def test_more_known_uses_than_counted_is_said_at_once_and_refused(filled, qtbot):
    _page, step = counting(filled, qtbot)
    type_into(step.known.entry, "red 2", Qt.Key.Key_Return)
    assert step.sums.property("tone") == "notice"
    step.done.click()
    with pytest.raises(AssertionError, match="MoreUsesThanCountedError"):
        filled.settle()
    filled.failures.clear()
    assert day(filled).uses == 0
    QTest.keyClick(step.known.chips.findChildren(QPushButton)[0], Qt.Key.Key_Delete)
    assert step.known.uses() == {}
    assert step.sums.property("tone") == "muted"
    step.setting.set_value("street")
    assert step.sums.text() == "1 meeting · 0 people you know · 1 uncoded"


def test_a_police_action_is_noted_shown_and_taken_back(filled, qtbot):
    page = shown_page(filled, qtbot)
    page.place_step.police.click()
    step = page.counting.police_step
    filled.settle()
    assert page._stack.currentWidget() is step
    assert QApplication.focusWidget() is step.district
    step.district.set_value("fyn")
    step.met.setValue(12)
    step.talked_to.setValue(99)
    step.note.setPlainText("two \u202ewanted a bed")
    finish(filled, qtbot, step.met)
    kept = PoliceAction(filled.clock.local_now().date(), "fyn", "unknown", 12, 12, "two \u202ewanted a bed")
    assert [row.action for row in filled.ask(lambda session: session.police_actions.list_actions(*YEAR))] == [kept]
    page.shown({"police": "1"})
    filled.settle()
    first, row = step.year.rows()
    assert first.first == "Called to 1 police action · 12 people met · 12 talked to"
    assert row.second_line.endswith("\u2068two \u202ewanted a bed\u2069")
    row.on_action()
    filled.settle()
    assert filled.ask(lambda session: session.police_actions.figures(*YEAR)) == PoliceFigures(0, 0, 0)
    assert step.year.rows() == ()
    filled.undos[-1]()
    filled.settle()
    assert filled.ask(lambda session: session.police_actions.figures(*YEAR)) == PoliceFigures(1, 12, 12)
    assert len(step.year.rows()) == 2


def test_esc_goes_back_to_the_place_and_a_noted_action_can_be_undone(filled, qtbot):
    page = shown_page(filled, qtbot, police="1")
    step = page.counting.police_step
    assert page.go_back()
    assert page._stack.currentWidget() is page.place_step
    page.place_step.police.click()
    step.done.click()
    filled.settle()
    filled.undos[-1]()
    filled.settle()
    assert filled.ask(lambda session: session.police_actions.figures(*YEAR)).actions == 0
