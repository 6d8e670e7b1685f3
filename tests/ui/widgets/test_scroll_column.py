"""A column that scrolls: what is given the keyboard is seen, however it was given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from ui.widgets.scroll_column import ScrollColumn


def test_a_field_out_of_sight_is_brought_into_view_with_the_keyboard(show):
    column = ScrollColumn()
    first, far, last = QLineEdit(), QLabel("far"), QLineEdit()
    far.setFixedHeight(2000)
    for part in (first, far, last):
        column.add(part)
    show(column)
    QApplication.processEvents()
    for field in (last, first):
        assert field is first or field.visibleRegion().isEmpty()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QApplication.processEvents()
        assert field.visibleRegion().boundingRect() == field.rect()
