"""Pages one in front of the other; one that is larger than the room scrolls instead of squeezing its words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QStackedWidget, QWidget

PAGE_STEPS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}


class _Pile(QStackedWidget):
    """As small as the page in front may be, not as the largest of all."""

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        if front is None:
            return super().minimumSizeHint()
        layout = front.layout()
        least = layout.totalMinimumSize() if layout is not None else front.minimumSizeHint()
        return least.expandedTo(front.minimumSize())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """Return the least height the page in front can do with, its words wrapped to ``width``."""
        front = self.currentWidget()
        layout = None if front is None else front.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return self.minimumSizeHint().height()


class PageStack(QScrollArea):
    """``show_page`` brings a page to the front, adding it the first time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pile = _Pile()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._pile)

    def show_page(self, page: QWidget) -> None:
        """Bring ``page`` to the front."""
        if self._pile.indexOf(page) < 0:
            self._pile.addWidget(page)
        self._pile.setCurrentWidget(page)
        self._pile.updateGeometry()

    def front(self) -> QWidget | None:
        """Return the page in front."""
        return self._pile.currentWidget()


def scroll_by_page(page: QWidget, step: QAbstractSlider.SliderAction) -> None:
    """Scroll the first part of ``page`` that has more to show, for a keyboard that is outside of it."""
    for area in page.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if area.isVisible() and bar.maximum() > bar.minimum():
            bar.triggerAction(step)
            return
