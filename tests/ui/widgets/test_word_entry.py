"""The line for five words: completed by the first letters, shown as dots, caps lock noticed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ui.widgets.word_entry import WordEntry

WORDS = {"cabi": "cabin", "gent": "gentle"}


@pytest.fixture
def entry(show):
    made = WordEntry("Passphrase", "Show the words")
    made.set_completer(lambda letters: WORDS.get(letters[:4]) if len(letters) >= 4 else None)
    show(made)
    return made


def _states(entry: WordEntry) -> list[str]:
    return [mark.state for mark in entry._marks]


def test_marks_follow_the_words(entry):
    assert _states(entry) == ["empty"] * 5
    QTest.keyClicks(entry.line, "cabi g")
    assert _states(entry) == ["known", "begun", "empty", "empty", "empty"]
    QTest.keyClicks(entry.line, "ent  x")
    assert _states(entry)[:3] == ["known", "known", "begun"]
    entry.clear()
    assert _states(entry) == ["empty"] * 5


def test_nothing_can_be_read_until_asked(entry):
    QTest.keyClicks(entry.line, "cabi")
    assert entry.line.echoMode() is QLineEdit.EchoMode.Password
    assert "cabi" not in entry.line.displayText()
    entry._eye.click()
    assert entry.line.displayText() == "cabi"
    entry._eye.click()
    assert entry.line.echoMode() is QLineEdit.EchoMode.Password


def test_caps_lock_is_noticed(entry):
    seen: list[bool] = []
    entry.caps_lock_seen.connect(seen.append)
    for letter, held in (("a", Qt.KeyboardModifier.NoModifier), ("A", Qt.KeyboardModifier.NoModifier),
                         ("A", Qt.KeyboardModifier.ShiftModifier), ("a", Qt.KeyboardModifier.ShiftModifier)):
        QTest.sendKeyEvent(QTest.KeyAction.Click, entry.line, Qt.Key.Key_A, letter, held)
    assert [on for at, on in enumerate(seen)] == [False, True, False, True]
    QTest.keyClick(entry.line, Qt.Key.Key_CapsLock)
    QTest.keyClick(entry.line, Qt.Key.Key_1)
    assert seen[-1] is False


def test_enter_goes_on(entry, qtbot):
    with qtbot.waitSignal(entry.submitted):
        QTest.keyClick(entry.line, Qt.Key.Key_Return)
