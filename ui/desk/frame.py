"""The frame around the desk's pages: rail, bar with the lock, one banner, the page in front, and how things stand."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.desk.context import DeskContext
from ui.desk.desk_page import DeskPage
from ui.desk.page_rows import DESK_PAGES, FIRST_PAGE, KEYS_PAGE, make_desk_page
from ui.messages import undo_words
from ui.tokens import RAIL_WIDTH, SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.page_stack import PAGE_STEPS, PageStack, scroll_by_page
from ui.widgets.rail import Rail, RailRow

if TYPE_CHECKING:
    from outreach_app.centre.desk.overview import DeskOverview

CALM_STAYS = 12_000  # milliseconds that good news stays; everything else waits to be closed


class DeskFrame(QWidget):
    """Shows one page at a time; pages are made when first asked for and live until the frame ends."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = {row.name: row for row in DESK_PAGES}
        self._pages: dict[str, DeskPage] = {}
        self.current_name = ""
        self._before_toggle = FIRST_PAGE
        self._undo: object = None
        self.rail = Rail([RailRow(row.name, _(row.label), row.icon) for row in DESK_PAGES if row.in_rail])
        self.stack = PageStack()
        self.lock = button(_("Lock"), "Ctrl+L", icon="lock")
        self.banner = Banner(close_words=_("Close"))
        self.banner.hide()
        self.status = QLabel()
        self.status.setProperty("tone", "muted")
        self._calm_over = QTimer(self)
        self._calm_over.setSingleShot(True)
        self._calm_over.setInterval(CALM_STAYS)
        self._lay_out()
        self._connect()

    def go_to(self, name: str, place: Mapping[str, str] | None = None) -> DeskPage:
        """Bring a page to the front."""
        row = self._rows.get(name, self._rows[FIRST_PAGE])
        if row.name not in self._pages:
            self._pages[row.name] = make_desk_page(row, self._context)
        page = self._pages[row.name]
        changed, self.current_name = self.current_name != row.name, row.name
        self.stack.show_page(page)
        self.rail.set_current(row.name)
        page.shown(dict(place or {}))
        if changed:
            page.focus_first()
        return page

    def enter(self, name: str) -> None:
        """Bring a page to the front, or go into it where it is there already."""
        was = self.current_name
        page, held = self.go_to(name), QApplication.focusWidget()
        if was == self.current_name and not (held is not None and page.isAncestorOf(held)):
            page.focus_first()

    def toggle(self, name: str) -> None:
        """Show a page for a moment; asked again, go back to the one before."""
        if self.current_name == name:
            self.go_to(self._before_toggle)
        else:
            self._before_toggle = self.current_name
            self.go_to(name)

    def current(self) -> DeskPage | None:
        """Return the page in front."""
        return self._pages.get(self.current_name)

    def reread(self) -> None:
        """Read again what the page in front, the rail and the line at the bottom show."""
        page = self.current()
        if page is not None:
            page.reread()
        self._context.ask(lambda desk: _reading().read_overview(desk), self._show_overview, owner=self)

    def say(self, tone: str, sentence: str, undo: object) -> None:
        """Show one sentence over the page."""
        self._undo = undo
        self.banner.say(tone, sentence, undo_words(undo))
        self.banner.show()
        if tone == "calm":
            self._calm_over.start()
        else:
            self._calm_over.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.current()
        if event.key() == Qt.Key.Key_Escape:  # arrives here only if no field had a use for it
            self._back()
        elif event.key() in PAGE_STEPS and page is not None:
            scroll_by_page(page, PAGE_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        page = self.current()
        if self.current_name == KEYS_PAGE:
            self.toggle(KEYS_PAGE)
        elif page is None or not page.go_back():
            self.banner.hide()

    def _show_overview(self, overview: DeskOverview) -> None:
        self.rail.set_count("incoming", overview.missing)
        self.rail.set_count("quarantine", overview.put_aside)
        self.rail.set_count("laptops", overview.alarmed)
        laptops = ngettext("{count} laptop enrolled", "{count} laptops enrolled", overview.laptops)
        waiting = ngettext("{count} batch waits", "{count} batches wait", overview.waiting)
        self.status.setText(
            " · ".join((laptops.format(count=overview.laptops), waiting.format(count=overview.waiting)))
        )

    def _connect(self) -> None:
        self.rail.chosen.connect(self.enter)
        self.lock.clicked.connect(self._context.navigation.lock_requested)
        self.banner.action_requested.connect(self._take_up)
        self._calm_over.timeout.connect(self.banner.hide)
        keys = [f"Alt+{at}" for at in range(1, len(self.rail.shown_names()) + 1)]
        self.rail.number_rows(keys)
        for key, name in zip(keys, self.rail.shown_names(), strict=True):
            QShortcut(QKeySequence(key), self, lambda name=name: self.enter(name))

    def _take_up(self) -> None:
        self.banner.hide()
        undo, self._undo = self._undo, None
        if callable(undo):
            undo()

    def _lay_out(self) -> None:
        over_page = QVBoxLayout()
        over_page.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, 0)
        over_page.addWidget(self.banner)
        page_column = QVBoxLayout()
        page_column.setSpacing(0)
        page_column.addLayout(over_page)
        page_column.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(page_column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar())
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot())

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "bar")
        title = QLabel(_("Desk"))
        title.setProperty("kind", "section")
        title.setFixedWidth(RAIL_WIDTH - SPACE_4 + SPACE_3)
        folder = QLabel(_("Centre in the folder {folder}").format(folder=self._context.home.folder.name))
        folder.setTextFormat(Qt.TextFormat.PlainText)
        folder.setProperty("tone", "muted")
        folder.setToolTip(str(self._context.home.folder))
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        row.setSpacing(SPACE_2)
        row.addWidget(title)
        row.addWidget(folder)
        row.addStretch(1)
        row.addWidget(self.lock)
        return bar

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(SPACE_4, SPACE_2 - 2, SPACE_4, SPACE_2 - 2)
        row.addWidget(self.status)
        return foot


def _reading() -> ModuleType:
    """Import what asks the register on its own thread: the frame stands before the desk's parts are loaded."""
    return importlib.import_module("outreach_app.centre.desk.overview")
