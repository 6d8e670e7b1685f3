"""Shows a widget in a small window of its own."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of things that a real one does without a word."""
    for item in items:
        if item.nodeid.startswith("tests/ui/widgets/"):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def show(qtbot):
    kept: list[QWidget] = []  # qtbot itself does not keep them

    def shown(*widgets: QWidget) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        kept.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(600, 400)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    return shown
