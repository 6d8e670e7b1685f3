"""A question in place: nothing happens before it is answered, Enter does it, Esc leaves, progress takes its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.widgets.ask_panel import AskPanel
from ui.widgets.card import Card
from ui.widgets.choice_row import ChoiceRow


@pytest.fixture
def panel(qtbot):
    panel = AskPanel("Take it away", "What is taken away does not come back.", "Take away", stop_words="Stop")
    panel.reason = panel.ask("Reason", "A few words.")
    qtbot.addWidget(panel)
    panel.heard = []
    panel.confirmed.connect(lambda: panel.heard.append("confirmed"))
    panel.left.connect(lambda: panel.heard.append("left"))
    panel.cancel_requested.connect(lambda: panel.heard.append("stop"))
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.begin()
    return panel


def test_nothing_is_done_before_the_line_is_filled(panel):
    assert QApplication.focusWidget() is panel.reason
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    QTest.keyClicks(panel.reason, "   ")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert not panel.act.isEnabled()
    assert panel.heard == []
    QTest.keyClicks(panel.reason, "she asked")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert panel.heard == ["confirmed"]


def test_something_else_can_be_missing_as_well(panel):
    QTest.keyClicks(panel.reason, "she asked")
    there = []
    panel.require(lambda: bool(there))
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert panel.heard == []
    there.append("the other thing")
    panel.look()
    panel.act.click()
    assert panel.heard == ["confirmed"]


def test_esc_leaves_and_beginning_again_finds_it_empty(panel):
    QTest.keyClicks(panel.reason, "she asked")
    panel.say("It could not be done.")
    QTest.keyClick(panel.reason, Qt.Key.Key_Escape)
    assert panel.heard == ["left"]
    panel.begin()
    assert panel.reason.text() == ""
    assert not panel.told.isVisible()


def test_while_it_works_it_can_only_be_stopped(panel):
    QTest.keyClicks(panel.reason, "she asked")
    panel.set_busy(busy=True, sentence="3 of 9 pages")
    assert panel.progress.text() == "3 of 9 pages"
    assert not panel.act.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert panel.heard == ["stop"]
    panel.set_busy(busy=False)
    assert panel.act.isVisible()
    assert panel.reason.text() == "she asked"


def test_without_lines_the_keyboard_begins_at_the_way_out(qtbot):
    panel = AskPanel("Sure", "It means this.", "Do it")
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.begin()
    assert QApplication.focusWidget() is panel.leave
    assert panel.act.isEnabled()


def test_a_card_shows_its_sentence_only_while_there_is_one(qtbot):
    card = Card("Heading")
    qtbot.addWidget(card)
    card.add_row(AskPanel("A", "b", "c"))
    card.show()
    assert not card.sentence.isVisible()
    card.say("Now there is one.")
    assert card.sentence.isVisible()
    card.say("")
    assert not card.sentence.isVisible()


def test_tab_goes_through_the_fields_to_the_button_and_the_way_out(show):
    panel, after = AskPanel("A new worker", "Each has words of her own.", "Go on"), QLineEdit()
    name, role = panel.ask("Name"), ChoiceRow([("outreach", "Outreach"), ("health", "Health")])
    panel.fields.addWidget(role)
    show(panel, after)
    panel.begin()
    QTest.keyClicks(name, "AM")
    walked = []
    for _tab in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == [role._buttons["outreach"], panel.act, panel.leave, after]
