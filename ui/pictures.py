"""Grabs a picture of every page, light and dark, for the tour and for eyes; the passphrase comes on standard input."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from outreach_app.errors import EXIT_DONE, EXIT_KNOWN
from ui.context import Context
from ui.main_window import MainWindow
from ui.page_table import FIRST_LOCKED, rows_for

THEMES = ("light", "dark")
_SIZE = (1366, 768)  # pixels
_QUIET = 0.12  # seconds without work before a page counts as standing
_REST = 0.005  # seconds between two looks, so that the threads that work are not kept from it
_LONGEST = 60.0  # seconds


class PictureRound:
    """Goes through the pages one by one and keeps what they look like."""

    def __init__(self, app: QApplication, window: MainWindow, context: Context, folder: Path) -> None:
        self._app = app
        self._window = window
        self._context = context
        self._folder = folder
        self._busy = False
        self._count = 0
        context.tasks.busy_changed.connect(self._note_busy)

    def run(self) -> int:
        """Grab the locked pages, unlock, grab the open ones; return the exit code."""
        self._window.handed_cards.fills_screen = False
        self._window.resize(*_SIZE)
        self._settle()
        self._grab_all(unlocked=False)
        if not self._unlock(sys.stdin.readline().rstrip("\r\n")):
            return EXIT_KNOWN
        self._grab_all(unlocked=True)
        self._context.tasks.run_vault(self._context.sessions.close, lambda _none: None)
        self._settle()
        return EXIT_DONE

    def _grab_all(self, *, unlocked: bool) -> None:
        state = "open" if unlocked else "locked"
        for theme in THEMES:  # once for all pages: a change of look takes a while
            settings = self._context.program.settings.changed(theme=theme)
            self._context.navigation.settings_changed.emit(settings)
            for row in rows_for(unlocked=unlocked):
                self._context.navigation.go_to(row.name)
                page = self._window.frame.current() if self._window.frame is not None else None
                for place in ({},) if page is None else page.tour():
                    self._show(row.name, place)
                    self._count += 1
                    name = "-".join((state, row.name, *place.values(), theme))
                    self._window.grab().save(str(self._folder / f"{self._count:02}-{name}.png"))

    def _show(self, name: str, place: Mapping[str, str]) -> None:
        self._window.auto_lock.rest()  # nobody types during a round, and a picture of the cover says nothing
        self._context.navigation.go_to(name, **place)
        self._settle()

    def _unlock(self, passphrase: str) -> bool:
        context = self._context
        context.navigation.go_to(FIRST_LOCKED)
        context.tasks.run_vault(
            lambda: context.sessions.put(context.program.unlock(passphrase)),
            lambda _none: context.navigation.unlocked.emit(),
        )
        self._settle()
        return context.unlocked

    def _note_busy(self, busy: bool) -> None:
        self._busy = busy

    def _settle(self) -> None:
        """Let the event loop run until nothing has been worked on for a moment.

        Quiet alone is no sign: on a busy machine this thread may itself have stood still for that moment.
        """
        began = quiet_since = time.monotonic()
        while (self._busy or time.monotonic() - quiet_since < _QUIET) and time.monotonic() - began < _LONGEST:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if self._busy:
                quiet_since = time.monotonic()
            time.sleep(_REST)
