"""Opens the page about this laptop at one of its views, in a window that has the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.pages.laptop import LaptopPage


def open_view(parts: Any, qtbot: Any, name: str) -> Any:
    """Return the view of this name; ``whole_page`` is the page around it."""
    page = LaptopPage(parts.context)
    qtbot.addWidget(page)
    parts.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({"view": name})
    parts.settle()
    view = page._views[name]
    view.whole_page = page  # type: ignore[attr-defined]  # qtbot keeps no window alive, so the view does
    return view




def type_back(new_passphrase: Any) -> str:
    """Go from the words offered to typing them back, by keyboard; return the passphrase."""
    wanted: str = new_passphrase.new_words.passphrase()
    QTest.keyClick(new_passphrase.on, Qt.Key.Key_Return)
    line = new_passphrase.type_back.entry.line
    for word in wanted.split():
        QTest.keyClicks(line, word[:4] + " ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    return wanted
