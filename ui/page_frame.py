"""What both windows have around their pages: rail, one banner, the page in front, and a line at the bottom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.messages import undo_words
from ui.page import KEYS_PAGE, FramedPage
from ui.tokens import SPACE_2, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.page_stack import PAGE_STEPS, PageStack, scroll_by_page
from ui.widgets.rail import Rail

CALM_STAYS = 12_000  # milliseconds that good news without a way back stays; everything else waits to be closed


class PageFrame(QWidget):
    """Shows one page at a time. A frame makes its pages in ``go_to``, and calls ``lay_out`` once."""

    _pages: Mapping[str, FramedPage]

    def __init__(self, rail: Rail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = rail
        self.stack = PageStack()
        self.status = QLabel()
        self.status.setProperty("tone", "muted")
        self._pages = {}
        self.current_name = ""
        self._before_toggle = ""
        self._undo: object = None
        self._over_page = QVBoxLayout()
        self._over_page.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, 0)
        self.foot = self._make_foot()
        self._calm_over = QTimer(self)
        self._calm_over.setSingleShot(True)
        self._calm_over.setInterval(CALM_STAYS)
        self._calm_over.timeout.connect(self._hide_banner)

    @cached_property
    def banner(self) -> Banner:
        """The sentence over the page; made when there is one to say."""
        made = Banner(close_words=_("Close"), parent=self)
        made.hide()
        made.action_requested.connect(self.take_back)
        self._over_page.addWidget(made)
        return made

    def current(self) -> FramedPage | None:
        """Return the page in front."""
        return self._pages.get(self.current_name)

    def go_to(self, name: str, place: Mapping[str, str] | None = None) -> FramedPage | None:
        """Bring a page that was made to the front."""
        page = self._pages.get(name)
        if page is not None:
            self.current_name = name
            self.stack.show_page(page)
            page.shown(dict(place or {}))
        return page

    def toggle(self, name: str) -> None:
        """Show a page for a moment; asked again, go back to the one before."""
        if self.current_name == name:
            self.go_to(self._before_toggle)
        else:
            self._before_toggle = self.current_name
            self.go_to(name)

    def say(self, tone: str, sentence: str, undo: object) -> None:
        """Show one sentence over the page; ``undo`` is a way back, or None."""
        self._undo = undo
        self.banner.say(tone, sentence, undo_words(undo))
        self.banner.show()
        if tone == "calm" and not callable(undo):
            self._calm_over.start()
        else:
            self._calm_over.stop()

    def take_back(self) -> None:
        """Go the way back that was offered."""
        self.banner.hide()
        undo, self._undo = self._undo, None
        if callable(undo):
            undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.current()
        if event.key() == Qt.Key.Key_Escape:  # arrives here only if no field had a use for it
            self._back()
        elif event.key() in PAGE_STEPS and page is not None:  # words without a field among them are read on as well
            scroll_by_page(page, PAGE_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def lay_out(self, *above: QWidget) -> None:
        """Put ``above``, the rail beside the page, and the foot below each other."""
        page_column = QVBoxLayout()
        page_column.setSpacing(0)
        page_column.addLayout(self._over_page)
        page_column.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(page_column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in above:
            whole.addWidget(part)
        whole.addLayout(middle, 1)
        whole.addWidget(self.foot)

    def _hide_banner(self) -> None:
        self.banner.hide()

    def _back(self) -> None:
        page = self.current()
        if self.current_name == KEYS_PAGE:
            self.toggle(KEYS_PAGE)
        elif page is None or not page.go_back():
            self.banner.hide()

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(SPACE_4, SPACE_2 - 2, SPACE_4, SPACE_2 - 2)
        row.addWidget(self.status)
        return foot
