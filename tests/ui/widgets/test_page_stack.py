"""Pages in front of each other: room as the front one needs, scrolling where there is less."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from ui.widgets.page_stack import PageStack
from ui.widgets.text import words


def _page(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    return page


def _turn() -> None:
    for _each in range(4):
        QApplication.processEvents()


def test_a_large_page_scrolls_and_a_small_one_does_not(show):
    stack = PageStack()
    window = show(stack)
    wide = QLabel("wide")
    wide.setMinimumSize(900, 900)
    large, small = _page(wide), _page(QLabel("small"))
    assert stack.front() is None
    stack.show_page(large)
    _turn()
    assert stack.horizontalScrollBar().maximum() > 0
    assert stack.verticalScrollBar().maximum() > 0
    stack.show_page(small)
    _turn()
    assert stack.horizontalScrollBar().maximum() == 0
    assert stack.verticalScrollBar().maximum() == 0
    assert small.width() <= window.width()
    stack.show_page(large)
    assert stack.front() is large


def test_wrapped_words_get_the_height_their_width_needs(show):
    stack = PageStack()
    window = show(stack)
    text = words("Nothing was lost; the batch is still here. " * 30)
    stack.show_page(_page(text))
    for width in (600, 320):
        window.resize(width, 300)
        _turn()
        assert text.height() >= text.heightForWidth(text.width())


def test_a_page_without_a_layout_is_a_page_too(show):
    stack = PageStack()
    show(stack)
    stack.show_page(QLabel("plain"))
    _turn()
    assert stack.verticalScrollBar().maximum() == 0
