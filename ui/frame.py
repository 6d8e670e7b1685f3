"""The frame around the pages: rail, top bar, one banner, the page in front, and the line of what is held."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.paths import is_practice_vault
from ui.context import Context
from ui.frame_words import backup_words, day_of, held_words, initials
from ui.messages import undo_words
from ui.numbers import NumbersToCall, numbers_to_call
from ui.page import STANDS_FIRST, Page
from ui.page_table import FIRST_LOCKED, KEYS_PAGE, SEARCH_PAGE, PageRow, make_page
from ui.rail_filling import SupervisorRows, give_rail_keys, rail_rows
from ui.tokens import SPACE_2, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.page_stack import PAGE_STEPS, PageStack, scroll_by_page
from ui.widgets.rail import Rail
from ui.widgets.text import unmissable
from ui.widgets.top_bar import TopBar, TopBarWords

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.today import Overview

MINUTE = 60_000  # milliseconds
CALM_STAYS = 12_000  # milliseconds that good news without a way back stays; everything else waits to be closed


class Frame(QWidget):
    """Shows one page at a time; pages are made when first asked for and live until the frame ends."""

    page_shown = Signal(str)

    def __init__(self, context: Context, rows: tuple[PageRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = {row.name: row for row in rows}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._before_toggle = ""
        self._undo: object = None
        told = TopBarWords(_("Notes"), _("Search everything (Ctrl+K)"), _("Lock"), _("Unlock"))
        self.top_bar = TopBar(told, self, unlocked=context.unlocked)
        self.rail = Rail(rail_rows(rows))
        self.stack = PageStack()
        self.status = QLabel()
        self.status.setProperty("tone", "muted")
        self._lay_out()
        self._connect()
        self._keys(rows)
        self._supervisor_rows = SupervisorRows(context, self.rail, rows, self)
        QTimer.singleShot(STANDS_FIRST, self, self._show_numbers)

    @cached_property
    def banner(self) -> Banner:
        """The sentence over the page; made when there is one to say."""
        made = Banner(close_words=_("Close"), parent=self)
        made.hide()
        made.action_requested.connect(self._take_back)
        self._over_page.addWidget(made)
        return made

    def go_to(self, name: str, place: Mapping[str, str] | None = None) -> Page | None:
        """Bring a page to the front; the one before keeps its draft."""
        row = self._rows.get(name)
        if row is None:
            return None
        before = self.current()
        if before is not None and self._current != name:
            before.keep_draft_now()
        page = self._pages.get(name) or self._make(row)
        changed, self._current = self._current != name, name
        self.stack.show_page(page)
        self.top_bar.unlock.setVisible(not self._context.unlocked and name != FIRST_LOCKED)
        self.rail.set_current(name if row.in_rail else self._rail_home(name))
        page.shown(dict(place or {}))
        if changed:
            self.page_shown.emit(name)
        return page

    def toggle(self, name: str) -> None:
        """Show a page for a moment; asked again, go back to the one before."""
        if self._current == name:
            self.go_to(self._before_toggle)
        else:
            self._before_toggle = self._current
            self.go_to(name)

    def show_worker(self, name: str) -> None:
        """Show who is working by initials."""
        self.top_bar.set_initials(initials(name), name)

    def current(self) -> Page | None:
        """Return the page in front."""
        return self._pages.get(self._current)

    @property
    def current_name(self) -> str:
        """Return the name of the page in front."""
        return self._current

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

    def say(self, tone: str, sentence: str, undo: object) -> None:
        """Show one sentence over the page."""
        self._undo = undo
        self.banner.say(tone, sentence, undo_words(undo))
        self.banner.show()
        if tone == "calm" and not callable(undo):
            self._calm_over.start()
        else:
            self._calm_over.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # arrives here only if no field had a use for it
            self._back()
            return
        if event.matches(QKeySequence.StandardKey.Undo) and callable(self._undo):
            self._take_back()
            return
        page = self.current()
        if event.key() in PAGE_STEPS and page is not None:  # words without a field among them are read on as well
            scroll_by_page(page, PAGE_STEPS[event.key()])
            return
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
        self._calm_over = QTimer(self)
        self._calm_over.setSingleShot(True)
        self._calm_over.setInterval(CALM_STAYS)
        self._calm_over.timeout.connect(self.banner.hide)
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
        self._foot.setVisible(not alone and self._context.unlocked)  # somebody else may be reading
        self.banner.hide()

    def _to_search(self) -> None:
        if self.top_bar.search.isVisible():
            self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.top_bar.search.selectAll()

    def _back(self) -> None:
        page = self.current()
        if self._current == KEYS_PAGE:
            self.toggle(KEYS_PAGE)
        elif page is None or not page.go_back():
            self.banner.hide()

    def _search(self, text: str) -> None:
        if text.strip() and self._current != SEARCH_PAGE:
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

    def _take_back(self) -> None:
        self.banner.hide()
        undo, self._undo = self._undo, None
        if callable(undo):
            undo()

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

    def _lay_out(self) -> None:
        self._foot = foot = QFrame()
        foot.setProperty("kind", "foot")
        foot_row = QHBoxLayout(foot)
        foot_row.setContentsMargins(SPACE_4, SPACE_2 - 2, SPACE_4, SPACE_2 - 2)
        foot_row.addWidget(self.status)
        self._over_page = QVBoxLayout()
        self._over_page.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, 0)
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
        if is_practice_vault(self._context.program.folder):
            whole.addWidget(unmissable(_("Practice: nobody here is real, and nothing reaches the real centre.")))
        whole.addWidget(self.top_bar)
        whole.addLayout(middle, 1)
        whole.addWidget(foot)
        foot.setVisible(self._context.unlocked)
