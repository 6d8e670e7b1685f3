"""Alt with a number leads to the row that stands there, whichever rows are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.frame import Frame
from ui.page_table import rows_for

ALT = Qt.KeyboardModifier.AltModifier
WORKER = ["today", "encounters", "contacts", "places", "leaflets", "sending", "help_lines", "laptop", "settings"]


@pytest.fixture
def frame(parts, qtbot, no_printer):
    made = Frame(parts.context, rows_for(unlocked=True))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def press(frame, number):
    QTest.keyClick(frame, Qt.Key(Qt.Key.Key_0.value + number), ALT)


def test_each_number_is_the_place_in_the_rail(frame, parts):
    assert frame.rail.shown_names() == WORKER
    for place in (9, 1, 7):
        press(frame, place)
        parts.settle()
        assert frame.current_name == WORKER[place - 1]
        assert frame.rail.button(WORKER[place - 1]).toolTip().endswith(f"(Alt+{place})")


def test_rows_that_come_move_the_others_on(frame, parts):
    for name in ("review", "figures"):
        frame.rail.show_row(name, shown=True)
    press(frame, 9)
    parts.settle()
    assert frame.current_name == "help_lines"
    assert frame.rail.button("help_lines").toolTip() == "Help lines (Alt+9)"
    assert frame.rail.button("review").toolTip() == "Review (Alt+6, Ctrl+Shift+R)"
    assert frame.rail.button("settings").toolTip() == "", "there is no tenth number"


def test_a_number_without_a_row_does_nothing(frame, parts):
    frame.rail.show_row("settings", shown=False)
    press(frame, 1)
    press(frame, 9)
    parts.settle()
    assert frame.current_name == "today"
