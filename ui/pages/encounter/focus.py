"""Where the worker is on a page, and how to get back there after a lock."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.page import FocusPlace

NOTE = "encounter.note"


def focus_place_in(page: QWidget) -> FocusPlace:
    """Return the field with the keyboard and its cursor, or the one that had it before the cover took it."""
    now, before = QApplication.focusWidget(), page.focusWidget()
    focused = next((each for each in (now, before) if each is not None and page.isAncestorOf(each)), None)
    if focused is None:
        return FocusPlace(NOTE)
    if isinstance(focused, QLineEdit):
        return FocusPlace(focused.objectName(), focused.cursorPosition())
    if isinstance(focused, QPlainTextEdit):
        return FocusPlace(focused.objectName(), focused.textCursor().position())
    return FocusPlace(focused.objectName())


def focus_field(page: QWidget, place: FocusPlace | None) -> None:
    """Give the keyboard back to a field of ``page``; to the note if it is gone."""
    name = place.field if place and place.field else NOTE
    line, text = page.findChild(QLineEdit, name), page.findChild(QPlainTextEdit, name)
    if line is not None:
        line.setFocus()
        line.setCursorPosition(place.cursor if place else 0)
    elif text is not None:
        cursor = text.textCursor()
        cursor.setPosition(min(place.cursor if place else 0, len(text.toPlainText())))
        text.setTextCursor(cursor)
        text.setFocus()
    elif name != NOTE:
        focus_field(page, None)
