"""Buttons by keys: Enter presses once, however long it is held down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.widgets.buttons import button


def test_a_held_enter_is_one_press(qtbot):
    made = button("Keep")
    qtbot.addWidget(made)
    presses = []
    made.clicked.connect(lambda: presses.append(True))
    for again in (False, True, True):
        QApplication.sendEvent(
            made, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", again)
        )
    assert presses == [True]
