"""Small parts of forms: rows that switch, boxes of codes, numbered lists, timelines, cards of rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from ui.widgets.code_box import CodeBox
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.timeline import Step, Timeline
from ui.widgets.toggle_row import ToggleRow
from ui.widgets.type_ahead import Choice

OPTIONS = [(code, code.upper()) for code in "abcdef"]


@pytest.fixture
def shown(show):
    def put(widget):
        show(QLineEdit(), widget)
        return widget

    return put


def test_a_toggle_row_is_worked_with_arrows_and_space(shown):
    row = shown(ToggleRow(OPTIONS))
    told = []
    row.changed.connect(told.append)
    row._buttons["a"].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert told == [("b",)]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert QApplication.focusWidget() is row._buttons["f"]


def test_a_toggle_row_hides_the_seldom_until_asked_but_never_what_is_on(shown):
    row = shown(ToggleRow(OPTIONS, first=2, more_words="more"))
    assert row._buttons["f"].isHidden()
    row.set_values(["f"])
    assert not row._buttons["f"].isHidden()
    assert row._buttons["c"].isHidden()
    row._more.click()
    assert not row._buttons["c"].isHidden()
    assert row._more.isHidden()


def test_the_wheel_changes_a_box_only_while_it_has_the_keyboard(shown):
    box = shown(CodeBox(OPTIONS))
    box.set_value("b")
    box.clearFocus()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.value() == "b"
    box.set_value("unknown")
    assert box.value() == ""


def numbered():
    return NumberedTypeAhead(
        lambda typed: [Choice(str(n), f"sign {n}") for n in range(12) if typed in f"sign {n}"], letters="ot"
    )


def test_a_digit_picks_its_row_and_the_label_stays_plain(shown):
    line = shown(numbered())
    picked = []
    line.picked.connect(picked.append)
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(line.offered()) == 8
    QTest.keyClick(line, "3")
    assert [(choice.key, choice.label) for choice in picked] == [("2", "sign 2")]
    assert line.text() == ""


def test_a_digit_without_a_row_is_typed(shown):
    line = shown(numbered())
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(line, "sign ")
    QTest.keyClick(line, "9")
    assert line.text() == "sign 9"


def test_alt_and_a_letter_pick_the_marked_row(shown):
    line = shown(numbered())
    picked = []
    line.picked_with.connect(lambda choice, letter: picked.append((choice.label, letter)))
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert picked == [("sign 1", "t")]


def test_a_timeline_says_what_was_reached(shown):
    timeline = shown(Timeline([Step("sealed", "today 21:00", "accent"), Step("sent")]))
    assert timeline.accessibleName() == "sealed today 21:00"
    assert timeline.grab().toImage().pixelColor(10, 10) != timeline.grab().toImage().pixelColor(122, 10)


def test_actions_stand_below_where_they_would_leave_the_words_no_room(shown):
    card = shown(ListCard("Due", ""))
    card.show_rows([ListRow("Time to send", "three wait", "Sending", print, "Tomorrow", print)])
    for width, below in ((600, False), (300, True), (600, False)):
        card.resize(width, 200)
        QApplication.processEvents()
        label = next(each for each in card.findChildren(QLabel) if each.text() == "three wait")
        under = label.mapTo(card, QPoint(0, label.height())).y()
        assert (card.buttons()[0].mapTo(card, QPoint(0, 0)).y() >= under) is below


def test_in_a_wide_card_the_words_stand_beside_their_picture(shown):
    card = shown(ListCard("Due", ""))
    card.show_rows([ListRow("Time to send", "three wait", "Sending", print, icon="clock")])
    card.resize(1300, 200)
    QApplication.processEvents()
    label = next(each for each in card.findChildren(QLabel) if each.text() == "three wait")
    assert label.mapTo(card, QPoint(0, 0)).x() < 60


def test_a_card_keeps_the_keyboard_on_its_row(shown):
    card = shown(ListCard("Due", "Nothing is due."))
    pressed = []
    rows = [ListRow(f"row {n}", "below", "Open", lambda n=n: pressed.append(n)) for n in range(3)]
    card.show_rows(rows)
    QApplication.processEvents()
    card._buttons[1].setFocus()
    card.show_rows(rows[:2])
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert pressed == [1]
    card.show_rows([])
    assert card._nothing.isVisible()
