"""The frame around the desk's pages: rail, bar with the lock, one banner, the page in front, and how things stand."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.desk.context import DeskContext
from ui.desk.desk_page import DeskPage
from ui.desk.page_rows import DESK_PAGES, FIRST_PAGE, make_desk_page
from ui.page import KEYS_PAGE
from ui.page_frame import PageFrame
from ui.tokens import RAIL_WIDTH, SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button
from ui.widgets.rail import Rail, RailRow

if TYPE_CHECKING:
    from outreach_app.centre.desk.overview import DeskOverview


class DeskFrame(PageFrame):
    """Shows one page at a time; pages are made when first asked for and live until the frame ends."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(Rail([RailRow(row.name, _(row.label), row.icon) for row in DESK_PAGES if row.in_rail]), parent)
        self._context = context
        self._rows = {row.name: row for row in DESK_PAGES}
        self._pages: dict[str, DeskPage] = {}
        self.lock = button(_("Lock"), "Ctrl+L", icon="lock")
        self.lay_out(self._bar())
        self._connect()

    def go_to(self, name: str, place: Mapping[str, str] | None = None) -> DeskPage:
        row = self._rows.get(name, self._rows[FIRST_PAGE])
        if row.name not in self._pages:
            self._pages[row.name] = make_desk_page(row, self._context)
        page = self._pages[row.name]
        before = self.current_name
        self.rail.set_current(row.name)
        super().go_to(row.name, place)
        looked_away = before == KEYS_PAGE and row.name == self._before_toggle  # the stack gives the keyboard back
        if before != row.name and not (looked_away and _holds_keyboard(page)):
            page.focus_first()
        return page

    def enter(self, name: str) -> None:
        """Bring a page to the front, or go into it where it is there already."""
        was = self.current_name
        page = self.go_to(name)
        if was == self.current_name and not _holds_keyboard(page):
            page.focus_first()

    def current(self) -> DeskPage | None:
        return self._pages.get(self.current_name)

    def reread(self) -> None:
        """Read again what the page in front, the rail and the line at the bottom show."""
        page = self.current()
        if page is not None:
            page.reread()
        self._context.ask(lambda desk: _reading().read_overview(desk), self._show_overview, owner=self)

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
        keys = [f"Alt+{at}" for at in range(1, len(self.rail.shown_names()) + 1)]
        self.rail.number_rows(keys)
        for key, name in zip(keys, self.rail.shown_names(), strict=True):
            QShortcut(QKeySequence(key), self, lambda name=name: self.enter(name))

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


def _holds_keyboard(page: QWidget) -> bool:
    held = QApplication.focusWidget()
    return held is not None and page.isAncestorOf(held)


def _reading() -> ModuleType:
    """Import what asks the register on its own thread: the frame stands before the desk's parts are loaded."""
    return importlib.import_module("outreach_app.centre.desk.overview")
