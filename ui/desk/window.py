"""The desk's one window: the opening page, or the frame with its pages; cover and lock as on a laptop."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence, QShortcut

from outreach_app import i18n
from outreach_app.i18n import gettext as _
from ui.covered_window import KEYS_KEY, CoveredWindow, WindowParts
from ui.desk.context import DeskContext
from ui.desk.frame import DeskFrame
from ui.desk.opening import OpeningPage
from ui.desk.page_rows import FIRST_PAGE
from ui.desk.successor import DeskStanding
from ui.page import KEYS_PAGE


class DeskWindow(CoveredWindow):
    """``begin`` shows the opening page; ``page`` names where somebody was before the last lock."""

    _context: DeskContext

    def __init__(self, context: DeskContext, parts: WindowParts, page: str = "") -> None:
        super().__init__(context, parts, context.home)
        self._return_to = page
        self.frame: DeskFrame | None = None
        self.opening: OpeningPage | None = None
        self.setWindowTitle(_("Desk"))
        self._connect()

    @property
    def context(self) -> DeskContext:
        """What the pages of this window are given."""
        return self._context

    def begin(self) -> None:
        """Show the page that asks for the desk's passphrase."""
        self.frame, self.opening = None, OpeningPage(self._context)
        self.put(self.opening)
        self.opening.begin()
        self.prepare_cover_later()

    def standing(self) -> DeskStanding:
        here = super().standing()
        return DeskStanding(*here._replace(page=here.page or self._return_to))

    def _connect(self) -> None:
        context, navigation = self._context, self._context.navigation
        navigation.page_requested.connect(self._go_to)
        navigation.lock_requested.connect(self.lock_now)
        navigation.opened.connect(self._opened)
        navigation.changed.connect(lambda: self.frame.reread() if self.frame else None)
        navigation.language_chosen.connect(self._speak)
        context.messages.said.connect(self._say)
        context.messages.cleared.connect(lambda: self.frame.banner.hide() if self.frame else None)
        QShortcut(QKeySequence(KEYS_KEY), self, lambda: self.frame.toggle(KEYS_PAGE) if self.frame else None)

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
        self.put(self.frame)
        self.frame.go_to(self._return_to or FIRST_PAGE)
        self.frame.reread()
        self.auto_lock.watch()

    def _speak(self, language: str) -> None:
        """Speak another language from now on; chosen before the desk is opened."""
        i18n.use_language(language)
        self._home.keep_settings(self._home.settings.changed(language=language))
        self.setWindowTitle(_("Desk"))
        self.begin()
