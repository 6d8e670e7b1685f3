"""A new passphrase in place: words offered, typed back, handed over once; stepping back loses nothing but what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.dialogs.new_passphrase import NewPassphrase
from ui.passphrases import vault_passphrases


@pytest.fixture
def panel(qtbot):
    panel = NewPassphrase(vault_passphrases(), tuple, last_words="Use it")
    qtbot.addWidget(panel)
    panel.heard = []
    panel.chosen.connect(panel.heard.append)
    panel.left.connect(lambda: panel.heard.append("left"))
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.begin()
    return panel


def test_words_are_typed_back_by_their_first_letters(panel):
    wanted = panel.new_words.passphrase()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert panel.on.text() == "Use it"
    assert not panel.on.isEnabled()
    QTest.keyClick(panel.type_back.entry.line, Qt.Key.Key_Return)
    for word in wanted.split():
        QTest.keyClicks(panel.type_back.entry.line, word[:4] + " ")
    QTest.keyClick(panel.type_back.entry.line, Qt.Key.Key_Return)
    assert panel.heard == [wanted]
    panel.forget()
    assert panel.new_words.passphrase() == ""
    assert panel.type_back.entry.typed() == ""


def test_words_that_are_not_the_same_are_told_of(panel):
    panel.on.click()
    hint, line = panel.type_back._field.hint, panel.type_back.entry.line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not hint.isVisible()
    QTest.keyClicks(line, "cabi gent")
    assert not hint.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hint.text().startswith("Not the same yet.")
    QTest.keyClicks(line, " napk orbi wago")
    assert not hint.isVisible(), "the last word may not have ended"
    QTest.keyClicks(line, " ")
    assert hint.text().startswith("Not the same yet.")
    assert panel.heard == []


def test_esc_goes_back_to_the_words_and_then_out(panel):
    panel.on.click()
    QTest.keyClicks(panel.type_back.entry.line, "half")
    QTest.keyClick(panel.type_back.entry.line, Qt.Key.Key_Escape)
    assert panel.new_words.isVisible()
    assert panel.type_back.entry.typed() == ""
    assert panel.heard == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert panel.heard == ["left"]


def test_a_fault_is_said_and_it_can_be_tried_again(panel):
    panel.on.click()
    panel.type_back.entry.line.setText(panel.new_words.passphrase())
    panel.set_busy(True)
    QTest.keyClick(panel.type_back.entry.line, Qt.Key.Key_Return)
    assert not panel.on.isEnabled()
    panel.set_busy(False)
    panel.say("The disk is full.")
    assert panel.fault.isVisible()
    assert panel.on.isEnabled()
