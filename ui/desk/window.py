"""The desk's one window: the opening page, or the frame with its pages; cover and lock as on a laptop."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from outreach_app import i18n
from outreach_app.i18n import gettext as _
from outreach_app.settings import Times
from ui.always_keys import AlwaysKeys
from ui.auto_lock import AutoLock
from ui.clipboard import ClipboardGuard
from ui.cover import Cover, Dimmer
from ui.covering import Covering
from ui.desk.context import DeskContext
from ui.desk.frame import DeskFrame
from ui.desk.opening import OpeningPage
from ui.desk.page_rows import FIRST_PAGE, KEYS_PAGE
from ui.desk.successor import DeskStanding
from ui.locking import Locking, LockSteps
from ui.page import STANDS_FIRST
from ui.successor import Standing, Successor
from ui.theme import Theme

SMALLEST = (900, 510)  # pixels: a screen of 1366 x 768 at 150 % has 910 x 512
COVER_KEY, KEYS_KEY = "F12", "F1"


class DeskParts(NamedTuple):
    """What lives beside the context for as long as the window does."""

    app: QApplication
    theme: Theme
    clipboard: ClipboardGuard
    start_successor: Callable[[Standing], Successor] = Successor  # tests stand in for both, so that no process ends
    end_process: Callable[[int], object] = os._exit


class DeskWindow(QWidget):
    """``begin`` shows the opening page; ``page`` names where somebody was before the last lock."""

    def __init__(self, context: DeskContext, parts: DeskParts, page: str = "") -> None:
        super().__init__()
        self._context = context
        self._parts = parts
        self._return_to = page
        self._lock_when_opened = False
        self.frame: DeskFrame | None = None
        self.opening: OpeningPage | None = None
        self._screens = QWidget(self)
        self._stack = QStackedLayout(self._screens)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._screens)
        self.setMinimumSize(*SMALLEST)
        self.setWindowTitle(_("Desk"))
        self._cover = Cover(lambda: "plain", self, over=self._screens)
        dimmer = Dimmer(self._screens)
        self.covering = Covering(self._cover, dimmer, self._screens, self._in_front)
        self.auto_lock = AutoLock(
            context.home.clock, self._times, parts.app, self, covered=lambda: self.covering.covered
        )
        self.auto_lock.dimmed.connect(dimmer.set_dimmed)
        self.locking = Locking(context, self._lock_steps(), self)
        self.always_keys = AlwaysKeys(parts.app, lambda: self.covering.covered, self)
        self._connect()

    @property
    def context(self) -> DeskContext:
        """What the pages of this window are given."""
        return self._context

    @property
    def theme(self) -> Theme:
        """The look."""
        return self._parts.theme

    def begin(self) -> None:
        """Show the page that asks for the desk's passphrase."""
        self.frame, self.opening = None, OpeningPage(self._context)
        self._put(self.opening)
        self.opening.begin()
        QTimer.singleShot(STANDS_FIRST, self, self._cover.prepare)

    def cover_now(self) -> None:
        """Cover the window, in one key."""
        self.covering.cover()

    def lock_now(self) -> None:
        """Close the register and let a fresh process take over; without an open desk the cover is enough."""
        if self._context.sessions.is_open:
            self.auto_lock.rest()
            self.locking.lock_now()
        else:
            self._lock_when_opened = True  # the passphrase may be under way just now
            self.covering.cover()

    def standing(self) -> DeskStanding:
        """Return what a successor needs to stand in the same place."""
        place = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        return DeskStanding(
            vault=self._context.home.folder,
            geometry=(place.x(), place.y(), place.width(), place.height()),
            maximised=self.isMaximized(),
            page=self.frame.current_name if self.frame is not None else self._return_to,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        home = self._context.home
        home.keep_settings(home.settings.changed(window=self.standing().geometry))
        self.locking.close_down()
        super().closeEvent(event)
        QApplication.quit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.fit()

    def _connect(self) -> None:
        context, navigation = self._context, self._context.navigation
        navigation.page_requested.connect(self._go_to)
        navigation.lock_requested.connect(self.lock_now)
        navigation.opened.connect(self._opened)
        navigation.changed.connect(lambda: self.frame.reread() if self.frame else None)
        navigation.language_chosen.connect(self._speak)
        context.messages.said.connect(self._say)
        context.messages.cleared.connect(lambda: self.frame.banner.hide() if self.frame else None)
        context.tasks.failed.connect(context.messages.tell_error)
        self._cover.dismissed.connect(self._dismissed)
        self.auto_lock.cover_due.connect(self.cover_now)
        self.auto_lock.lock_due.connect(self.lock_now)
        self.always_keys.cover_pressed.connect(self.cover_now)
        self.always_keys.lock_pressed.connect(self.lock_now)
        QShortcut(QKeySequence(COVER_KEY), self, self.cover_now)
        QShortcut(QKeySequence(KEYS_KEY), self, lambda: self.frame.toggle(KEYS_PAGE) if self.frame else None)

    def _times(self) -> Times:
        return self._context.home.settings.times_at(covered=self.covering.covered)

    def _in_front(self) -> QWidget | None:
        return self.frame.current() if self.frame is not None else self.opening

    def _dismissed(self) -> None:
        if not self.locking.begun:
            self._lock_when_opened = False
            self.covering.uncover()
            self.auto_lock.touch()

    def _go_to(self, name: str, place: Mapping[str, str]) -> None:
        if self.frame is not None:
            self.frame.go_to(name, place)

    def _say(self, tone: str, sentence: str, undo: object) -> None:
        if self.frame is not None:
            self.frame.say(tone, sentence, undo)
        elif self.opening is not None:
            self.opening.say(sentence, tone)

    def _opened(self) -> None:
        if self._lock_when_opened:
            self.lock_now()
            return
        self.frame = DeskFrame(self._context)
        self.opening = None
        self._put(self.frame)
        self.frame.go_to(self._return_to or FIRST_PAGE)
        self.frame.reread()
        self.auto_lock.watch()

    def _speak(self, language: str) -> None:
        """Speak another language from now on; chosen before the desk is opened."""
        i18n.use_language(language)
        home = self._context.home
        home.keep_settings(home.settings.changed(language=language))
        self.setWindowTitle(_("Desk"))
        self.begin()

    def _put(self, screen: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _lock_steps(self) -> LockSteps:
        return LockSteps(
            cover=self.cover_now,
            keep_draft=lambda: None,  # nothing here is half written for longer than a moment
            clear_clipboard=self._parts.clipboard.clear,
            standing=self.standing,
            start_successor=self._parts.start_successor,
            end_process=self._parts.end_process,
        )
