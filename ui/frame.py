"""The frame around the pages: rail, top bar, one banner, the page in front, and the line of what is held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from outreach_app.paths import is_practice_vault
from ui.context import Context
from ui.frame_words import backup_words, day_of, held_words, initials
from ui.numbers import NumbersToCall, numbers_to_call
from ui.page import STANDS_FIRST, Page
from ui.page_frame import PageFrame
from ui.page_table import FIRST_LOCKED, SEARCH_PAGE, PageRow, make_page
from ui.rail_filling import SupervisorRows, give_rail_keys, rail_rows
from ui.widgets.rail import Rail
from ui.widgets.text import unmissable
from ui.widgets.top_bar import TopBar, TopBarWords

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.today import Overview

MINUTE = 60_000  # milliseconds


class Frame(PageFrame):
    """Shows one page at a time; pages are made when first asked for and live until the frame ends."""

    page_shown = Signal(str)

    def __init__(self, context: Context, rows: tuple[PageRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(Rail(rail_rows(rows)), parent)
        self._context = context
        self._rows = {row.name: row for row in rows}
        self._pages: dict[str, Page] = {}
        told = TopBarWords(_("Notes"), _("Search everything (Ctrl+K)"), _("Lock"), _("Unlock"))
        self.top_bar = TopBar(told, self, unlocked=context.unlocked)
        practice = _("Practice: nobody here is real, and nothing reaches the real centre.")
        self.lay_out(*([unmissable(practice)] if is_practice_vault(context.program.folder) else []), self.top_bar)
        self.foot.setVisible(context.unlocked)
        self._connect()
        self._keys(rows)
        self._supervisor_rows = SupervisorRows(context, self.rail, rows, self)
        QTimer.singleShot(STANDS_FIRST, self, self._show_numbers)

    def go_to(self, name: str, place: Mapping[str, str] | None = None) -> Page | None:
        """Bring a page to the front; the one before keeps its draft."""
        row = self._rows.get(name)
        if row is None:
            return None
        before = self.current()
        if before is not None and self.current_name != name:
            before.keep_draft_now()
        page, changed = self._pages.get(name) or self._make(row), self.current_name != name
        self.top_bar.unlock.setVisible(not self._context.unlocked and name != FIRST_LOCKED)
        self.rail.set_current(name if row.in_rail else self._rail_home(name))
        super().go_to(name, place)
        if changed:
            self.page_shown.emit(name)
        return page

    def show_worker(self, name: str) -> None:
        """Show who is working by initials."""
        self.top_bar.set_initials(initials(name), name)

    def current(self) -> Page | None:
        return self._pages.get(self.current_name)

    def refresh(self, changes: Changes) -> None:
        """Let every page that was made read again what changed."""
        for page in self._pages.values():
            page.refresh(changes)
        if changes.leaflets:
            self._show_numbers()
        self.ask_what_is_held()

    def ask_what_is_held(self) -> None:
        """Renew the line at the bottom and the counts in the rail."""
        if self._context.unlocked:
            self._context.ask(lambda session: session.today.overview(), self._show_held, owner=self)
            self._supervisor_rows.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) and callable(self._undo):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _make(self, row: PageRow) -> Page:
        page = make_page(row, self._context)
        self._pages[row.name] = page
        return page

    def _rail_home(self, name: str) -> str:
        """A page outside the rail belongs to the row with the same icon."""
        icon = self._rows[name].icon
        return next((row.name for row in self._rows.values() if row.in_rail and row.icon == icon), "")

    def _connect(self) -> None:
        navigation = self._context.navigation
        navigation.search_set.connect(self.top_bar.search.setText)
        self.rail.chosen.connect(self.go_to)
        navigation.alone_requested.connect(self._stand_alone)
        self.top_bar.lock_requested.connect(navigation.lock_requested)
        self.top_bar.unlock_requested.connect(lambda: navigation.go_to("unlock"))
        self.top_bar.search_typed.connect(self._search)
        self.top_bar.search_entered.connect(self._search_entered)
        self.top_bar.search_left.connect(self._search_left)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._show_numbers)
        self._minute.start()

    def _keys(self, rows: tuple[PageRow, ...]) -> None:
        give_rail_keys(self, self.rail, rows, self.go_to)
        QShortcut(QKeySequence("Ctrl+K"), self, self._to_search)

    def _stand_alone(self, alone: bool) -> None:
        """Let the page in front have the whole window."""
        for part in (self.rail, self.top_bar):
            part.setVisible(not alone)
        self.foot.setVisible(not alone and self._context.unlocked)  # somebody else may be reading
        self.banner.hide()

    def _to_search(self) -> None:
        if self.top_bar.search.isVisible():
            self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.top_bar.search.selectAll()

    def _search(self, text: str) -> None:
        if text.strip() and self.current_name != SEARCH_PAGE:
            self.go_to(SEARCH_PAGE)
            self.top_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)  # the page took it; the word is not done
        self._context.navigation.search_changed.emit(text)

    def _search_entered(self, text: str) -> None:
        self._search(text)
        page = self.current()
        if page is not None and text.strip():
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif page is not None:
            page.focus_first()

    def _search_left(self) -> None:
        self._context.navigation.search_changed.emit("")
        page = self.current()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_numbers(self) -> None:
        clock = self._context.program.clock
        self._context.tasks.run_free(lambda: numbers_to_call(clock.local_now()), self._numbers_known, owner=self)

    def _numbers_known(self, numbers: NumbersToCall) -> None:
        self.top_bar.set_numbers(
            numbers.line, numbers.state, numbers.emergency, is_open=numbers.is_open, hours=numbers.hours,
            tip=numbers.tip,
        )

    def _show_held(self, overview: Overview) -> None:
        held = held_words(overview.held, overview.oldest_days, overview.last_receipt)
        backup = None if overview.backup is None else day_of(overview.backup.made_at)
        self.status.setText(" · ".join((held, backup_words(backup, overview.today))))
        self.rail.set_count("sending", overview.waiting)
