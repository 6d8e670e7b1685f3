"""Buttons by keys and by name: Enter presses once, however long it is held down; a new text is read out as well."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from ui.widgets.buttons import button
from ui.widgets.disclosure import Disclosure


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


def test_a_new_text_is_read_out_and_keeps_its_key(qtbot):
    made = button("Pause", "Ctrl+P")
    qtbot.addWidget(made)
    made.setText("Resume")
    assert (made.accessibleName(), made.toolTip()) == ("Resume", "Resume (Ctrl+P)")
    assert made.shortcut().toString() == "Ctrl+P"
    made.setText("Pause")
    assert made.accessibleName() == "Pause"


def test_a_name_and_a_tooltip_of_their_own_stay(qtbot):
    made = button("Look")
    qtbot.addWidget(made)
    made.setToolTip("Shows the row.")
    made.setText("See")
    assert (made.accessibleName(), made.toolTip()) == ("See", "Shows the row.")
    made.setAccessibleName("See the row of Tuesday")
    made.setText("Look")
    assert made.accessibleName() == "See the row of Tuesday"


def test_a_line_that_opens_is_read_out_as_it_stands(qtbot):
    opener = Disclosure("Card answers", QLabel())
    qtbot.addWidget(opener)
    opener.button.setText("Card answers (3)")
    assert opener.button.accessibleName() == "Card answers (3)"
