"""A window that shows one screen at a time under a cover: it dims, covers, locks, and tells where it stands.

The laptop's window and the desk's are both such windows, each with screens of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from outreach_app.clock import Clock
from outreach_app.settings import Settings, Times
from ui.always_keys import AlwaysKeys
from ui.auto_lock import AutoLock
from ui.clipboard import ClipboardGuard
from ui.cover import Cover, Dimmer
from ui.covering import Covering
from ui.locking import Lockable, Locking, LockSteps
from ui.messages import Messages
from ui.page import STANDS_FIRST
from ui.page_frame import PageFrame
from ui.successor import Standing, Successor
from ui.theme import Theme

SMALLEST = (900, 510)  # pixels: a screen of 1366 x 768 at 150 % has 910 x 512
COVER_KEY, KEYS_KEY = "F12", "F1"


class WindowParts(NamedTuple):
    """What lives beside the context for as long as the window does."""

    app: QApplication
    theme: Theme
    clipboard: ClipboardGuard
    start_successor: Callable[[Standing], Successor] = Successor  # tests stand in for both, so that no process ends
    end_process: Callable[[int], object] = os._exit


class WindowContext(Lockable, Protocol):
    """What such a window needs of its context."""

    @property
    def messages(self) -> Messages:
        """Sentences for whoever is in front."""
        ...


class WindowHome(Protocol):
    """Whose window it is: a laptop's program, or a centre."""

    @property
    def clock(self) -> Clock:
        """Wall clock and running time."""
        ...

    @property
    def folder(self) -> Path:
        """Where what is opened lies."""
        ...

    @property
    def settings(self) -> Settings:
        """What was chosen for its window."""
        ...

    def keep_settings(self, settings: Settings) -> None:
        """Use and keep other settings."""
        ...


class CoveredWindow(QWidget):
    """Is given its screens by ``put``; ``times``, ``cover_kind`` and ``keep_draft`` may be a window's own."""

    def __init__(self, context: WindowContext, parts: WindowParts, home: WindowHome) -> None:
        super().__init__()
        self._context = context
        self._parts = parts
        self._home = home
        self._lock_when_opened = False
        self._screens = QWidget(self)
        self._stack = QStackedLayout(self._screens)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._screens, 1)
        self.setMinimumSize(*SMALLEST)
        self._cover = Cover(self.cover_kind, self, over=self._screens)
        self.dimmer = Dimmer(self._screens)
        self.covering = Covering(self._cover, self.dimmer, self._screens, self.in_front)
        self.auto_lock = AutoLock(home.clock, self.times, parts.app, self, covered=lambda: self.covering.covered)
        self.locking = Locking(context, self._lock_steps(), self)
        self.always_keys = AlwaysKeys(parts.app, lambda: self.covering.covered, self)
        self._connect_cover()

    @property
    def theme(self) -> Theme:
        """The look."""
        return self._parts.theme

    def standing(self) -> Standing:
        """Return what a successor needs to stand in the same place."""
        screen = self._stack.currentWidget()
        return Standing(
            vault=self._home.folder,
            geometry=self._place(),
            maximised=self.isMaximized(),
            page=screen.current_name if isinstance(screen, PageFrame) else "",
        )

    def in_front(self) -> QWidget | None:
        """Return the page that has the keyboard when the cover goes."""
        screen = self._stack.currentWidget()
        return screen.current() if isinstance(screen, PageFrame) else screen

    def times(self) -> Times:
        """Return the times until dim, cover and lock that are in force."""
        return self._home.settings.times_at(covered=self.covering.covered)

    def cover_kind(self) -> str:
        """Return which cover stands."""
        return "plain"

    def keep_draft(self) -> None:
        """Let the page in front keep what is half written."""

    def cover_now(self) -> None:
        """Cover the window, in one key."""
        self.covering.cover()

    def lock_now(self) -> None:
        """Close what is open and let a fresh process take over; with nothing open the cover is enough."""
        if self._context.sessions.is_open:
            self.auto_lock.rest()
            self.locking.lock_now()
        else:
            self._lock_when_opened = True  # the passphrase may be under way just now
            self.covering.cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._home.keep_settings(self._home.settings.changed(window=self._place()))
        self.locking.close_down()
        super().closeEvent(event)
        QApplication.quit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.fit()

    def put(self, screen: QWidget) -> None:
        """Show this screen in place of the one before, which ends."""
        before = self._stack.currentWidget()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def prepare_cover_later(self) -> None:
        """Make the cover ready once the first page stands."""
        QTimer.singleShot(STANDS_FIRST, self, self._cover.prepare)

    def _place(self) -> tuple[int, int, int, int]:
        """Return where the window stands when it is not maximised: left, top, width, height in pixels."""
        place = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        return place.x(), place.y(), place.width(), place.height()

    def _connect_cover(self) -> None:
        self._context.tasks.failed.connect(self._context.messages.tell_error)
        self._cover.dismissed.connect(self._dismissed)
        self.auto_lock.dimmed.connect(self.dimmer.set_dimmed)
        for cover_wanted in (self.auto_lock.cover_due, self.always_keys.cover_pressed):
            cover_wanted.connect(self.cover_now)
        for lock_wanted in (self.auto_lock.lock_due, self.always_keys.lock_pressed):
            lock_wanted.connect(self.lock_now)
        QShortcut(QKeySequence(COVER_KEY), self, self.cover_now)

    def _dismissed(self) -> None:
        if not self.locking.begun:
            self._lock_when_opened = False
            self.covering.uncover()
            self.auto_lock.touch()

    def _lock_steps(self) -> LockSteps:
        return LockSteps(
            cover=self.cover_now,
            keep_draft=self.keep_draft,
            clear_clipboard=self._parts.clipboard.clear,
            standing=self.standing,
            start_successor=self._parts.start_successor,
            end_process=self._parts.end_process,
        )
