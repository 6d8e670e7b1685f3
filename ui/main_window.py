"""The one window: first run, locked, or open; it puts the parts together and holds no rule of its own."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from outreach_app import i18n
from outreach_app.i18n import gettext as _
from outreach_app.settings import Settings, Times
from ui.always_keys import AlwaysKeys
from ui.auto_lock import AutoLock
from ui.check_in import KEY as CHECK_IN_KEY
from ui.check_in import CheckIn
from ui.clipboard import ClipboardGuard
from ui.context import Context
from ui.cover import Cover, Dimmer
from ui.covering import Covering
from ui.daily_backup import DailyBackup
from ui.frame import Frame
from ui.handed_cards import HandedCards
from ui.locking import Locking, LockSteps
from ui.page import STANDS_FIRST, FocusPlace
from ui.page_table import FIRST_LOCKED, FIRST_UNLOCKED, KEYS_PAGE, PAGES, PageRow, rows_for
from ui.passphrases import Passphrases, vault_passphrases
from ui.successor import Standing, Successor
from ui.theme import Theme

if TYPE_CHECKING:
    from outreach_app.records.drafts import Draft
    from ui.pages.first_run import Answers, FirstRunPage
    from ui.widgets.reminder_strip import ReminderStrip

SMALLEST = (900, 510)  # pixels: a screen of 1366 x 768 at 150 % has 910 x 512
COVER_KEY = "F12"
KEYS_KEY = "F1"


class WindowParts(NamedTuple):
    """What lives beside the context for as long as the window does."""

    app: QApplication
    theme: Theme
    clipboard: ClipboardGuard
    rows: tuple[PageRow, ...] = PAGES
    start_successor: Callable[[Standing], Successor] = Successor  # tests stand in for both, so that no process ends
    end_process: Callable[[int], object] = os._exit


class MainWindow(QWidget):
    """``begin`` shows the right screen; ``page`` names where the worker was before the last lock."""

    def __init__(self, context: Context, parts: WindowParts, page: str = "") -> None:
        super().__init__()
        self._context = context
        self._parts = parts
        self._return_to = page
        self._setting = ""  # where the worker is, as far as she said so
        self._lock_when_opened = False
        self.frame: Frame | None = None
        self.first_run: FirstRunPage | None = None
        self._screens = QWidget(self)
        self._stack = QStackedLayout(self._screens)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._screens, 1)
        self.setMinimumSize(*SMALLEST)
        self.setWindowTitle(_("Notes"))
        self._cover = Cover(lambda: self._settings.cover, self, over=self._screens)
        self.dimmer = Dimmer(self._screens)
        self.covering = Covering(self._cover, self.dimmer, self._screens, self._page_in_front)
        self.auto_lock = AutoLock(
            context.program.clock, self._times, parts.app, self, covered=lambda: self.covering.covered
        )
        self.locking = Locking(context, self._lock_steps(), self)
        self.always_keys = AlwaysKeys(parts.app, lambda: self.covering.covered, self)
        self.daily_backup = DailyBackup(context, self)
        self.handed_cards = HandedCards(context, self)
        self.check_in = CheckIn(context, self._put_at_foot, lambda: self.covering.covered, self)
        self._connect()

    @property
    def context(self) -> Context:
        """What the pages of this window are given."""
        return self._context

    def begin(self) -> None:
        """Show the wizard where there is no vault yet, otherwise the locked frame."""
        if self._context.program.vault_exists():
            self._show_frame(FIRST_LOCKED)
        else:
            self._context.tasks.run_free(vault_passphrases, self._show_first_run, owner=self)
        QTimer.singleShot(STANDS_FIRST, self, self._cover.prepare)

    def begin_practice(self) -> None:
        """As ``begin``, for a window of practice: what is not there yet is made first."""
        folder = importlib.import_module("outreach_app.practice.folder").PracticeFolder(
            self._context.program.folder.parent
        )
        if folder.is_ready():
            self.begin()
            return
        page = importlib.import_module("ui.pages.prepare_practice").PreparePracticePage(self._context, folder)
        page.prepared.connect(self.begin)
        self._put(page)
        page.begin()

    def cover_now(self) -> None:
        """Cover the window, in one key."""
        self.covering.cover()

    def lock_now(self) -> None:
        """Lock; without an open vault there is nothing to close and the cover is enough."""
        if self._context.unlocked:
            self.auto_lock.rest()
            self.locking.lock_now()
        else:
            self._lock_when_opened = True  # the passphrase may be under way just now
            self.covering.cover()

    def standing(self) -> Standing:
        """Return what a successor needs to stand in the same place."""
        place = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        return Standing(
            vault=self._context.program.folder,
            geometry=(place.x(), place.y(), place.width(), place.height()),
            maximised=self.isMaximized(),
            page=self.frame.current_name if self.frame is not None else "",
            cards=self.handed_cards.hands_over,
            remind_at=self.check_in.remind_at,
        )

    def keep_draft(self) -> None:
        """Let the page in front keep what is half written."""
        page = self.frame.current() if self.frame is not None else None
        if page is not None:
            page.keep_draft_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember_geometry()
        self.locking.close_down()
        super().closeEvent(event)
        QApplication.quit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowTitleChange and self.windowTitle() != _("Notes"):
            self.setWindowTitle(_("Notes"))  # whatever a page does, the task bar says nothing
        super().changeEvent(event)

    @property
    def _settings(self) -> Settings:
        return self._context.program.settings

    def _connect(self) -> None:
        context, navigation = self._context, self._context.navigation
        navigation.page_requested.connect(self._go_to)
        navigation.lock_requested.connect(self.lock_now)
        navigation.unlocked.connect(self._unlocked)
        navigation.settings_changed.connect(self._settings_changed)
        navigation.setting_known.connect(self._in_setting)
        context.changes_hub.changed.connect(lambda changes: self.frame.refresh(changes) if self.frame else None)
        context.messages.said.connect(lambda *said: self.frame.say(*said) if self.frame else None)
        context.messages.cleared.connect(lambda: self.frame.banner.hide() if self.frame else None)
        context.tasks.failed.connect(context.messages.tell_error)
        self._cover.dismissed.connect(self._dismissed)
        self.auto_lock.dimmed.connect(self.dimmer.set_dimmed)
        self.auto_lock.cover_due.connect(self.cover_now)
        self.auto_lock.lock_due.connect(self.lock_now)
        self.always_keys.cover_pressed.connect(self.cover_now)
        self.always_keys.lock_pressed.connect(self.lock_now)
        QShortcut(QKeySequence(COVER_KEY), self, self.cover_now)
        QShortcut(QKeySequence(KEYS_KEY), self, self._toggle_keys)
        QShortcut(QKeySequence(CHECK_IN_KEY), self, self.check_in.press)

    def _times(self) -> Times:
        return self._settings.times_at(self._setting, covered=self.covering.covered)

    def _in_setting(self, code: str) -> None:
        self._setting = code

    def _page_in_front(self) -> QWidget | None:
        return self.frame.current() if self.frame is not None else self.first_run

    def _dismissed(self) -> None:
        if not self.locking.begun:
            self._lock_when_opened = False
            self.covering.uncover()
            self.auto_lock.touch()

    def _go_to(self, name: str, place: Mapping[str, str]) -> None:
        if self.frame is not None:
            self.frame.go_to(name, place)

    def _toggle_keys(self) -> None:
        if self.frame is not None:
            self.frame.toggle(KEYS_PAGE)

    def _put_at_foot(self, strip: ReminderStrip) -> None:
        """Give the reminder its place below everything, beside the cover and not under it."""
        self._whole.addWidget(strip)
        strip.height_changed.connect(self._whole.activate)
        strip.height_changed.connect(self._cover.fit)

    def _show_first_run(self, passphrases: Passphrases, answers: Answers | None = None) -> None:
        wizard = importlib.import_module("ui.pages.first_run")  # most starts have no need of it
        page: FirstRunPage = wizard.FirstRunPage(
            self._context, passphrases, answers or wizard.Answers(language=i18n.language())
        )
        page.language_chosen.connect(lambda so_far: self._first_run_language(passphrases, so_far))
        self._put(page)
        self.first_run = page
        page.begin()

    def _first_run_language(self, passphrases: Passphrases, answers: Answers) -> None:
        i18n.use_language(answers.language)
        self._context.program.keep_settings(self._settings.changed(language=answers.language))
        self._cover.prepare()
        self._show_first_run(passphrases, answers)

    def _show_frame(self, first: str) -> Frame:
        frame = Frame(self._context, rows_for(unlocked=self._context.unlocked, rows=self._parts.rows))
        self.first_run = None
        self._put(frame)
        self.frame = frame
        frame.go_to(first)
        return frame

    def _put(self, screen: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _unlocked(self) -> None:
        if self._lock_when_opened:
            self.lock_now()
            return
        frame = self._show_frame(FIRST_UNLOCKED)
        self.auto_lock.watch()
        self._context.ask(lambda session: session.worker.name, frame.show_worker, owner=frame)
        frame.ask_what_is_held()
        self.check_in.read()
        if self._return_to:
            self._context.ask(lambda session: session.drafts.list_drafts(), self._return, owner=frame)

    def _return(self, drafts: tuple[Draft, ...]) -> None:
        """Go back to where the worker was before the lock."""
        name, self._return_to = self._return_to, ""
        draft = next((each for each in drafts if each.page == name), None)
        row = next((each for each in self._parts.rows if each.name == name), None)
        place = self.handed_cards.place(draft.id if draft else "")
        if self.frame is None or row is None or (draft is None and not row.in_rail):
            return
        page = self.frame.go_to(name, place)
        if page is not None and draft is not None:
            page.restore_place(FocusPlace(draft.field, draft.cursor), draft.id)

    def _settings_changed(self, settings: Settings) -> None:
        before = self._settings
        self._context.program.keep_settings(settings)
        if settings.theme != before.theme:
            self._parts.theme.apply(settings.theme)
        if settings.language != before.language and self.frame is not None:
            self.keep_draft()
            i18n.use_language(settings.language or i18n.language())
            self._cover.prepare()
            self.check_in.say_anew()
            frame = self._show_frame("settings")
            self._context.ask(lambda session: session.worker.name, frame.show_worker, owner=frame)
            frame.ask_what_is_held()

    def _remember_geometry(self) -> None:
        left, top, width, height = self.standing().geometry
        self._context.program.keep_settings(self._settings.changed(window=(left, top, width, height)))

    def _lock_steps(self) -> LockSteps:
        return LockSteps(
            cover=self.cover_now,
            keep_draft=self.keep_draft,
            clear_clipboard=self._parts.clipboard.clear,
            standing=self.standing,
            start_successor=self._parts.start_successor,
            end_process=self._parts.end_process,
        )
