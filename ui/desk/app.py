"""Starts the desk's window: builds the parts, shows the opening page, and tells a predecessor that the cover stands."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from outreach_app.clock import Clock, SystemClock
from ui.clipboard import ClipboardGuard
from ui.covered_window import WindowParts
from ui.desk.context import CentreHome, DeskBox, DeskContext, DeskNavigation
from ui.desk.window import DeskWindow
from ui.file_choosing import keep_qt_settings_away
from ui.messages import Messages
from ui.page import STANDS_FIRST
from ui.placing import place_window, read_place, use_language_of
from ui.tasks import TaskRunner
from ui.telling_covered import tell_when_covered
from ui.theme import Theme

DRAWN_BY = ("-style", "Fusion")  # told to Qt itself, as for the laptop's window


def run(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; return the exit code."""
    given = read_arguments(arguments)
    app = QApplication([sys.argv[0], *DRAWN_BY])
    app.setApplicationName("desk")
    app.setQuitOnLastWindowClosed(False)
    keep_qt_settings_away()
    window = build_window(app, given.centre, SystemClock(), page=given.page)
    place_window(window, given.geometry or window.context.home.settings.window, maximised=given.maximised)
    window.begin()
    if given.locked:
        window.cover_now()
    window.show()
    if given.tell_covered:
        tell_when_covered(window)
    QTimer.singleShot(STANDS_FIRST, window, lambda: _afterwards(window))
    code = app.exec()
    if window.context.tasks.busy:
        os._exit(code)  # a mailbox that does not answer must not keep this process, and its memory, alive
    return code


def build_window(app: QApplication, centre: Path, clock: Clock, *, page: str = "") -> DeskWindow:
    """Put the window's parts together in one place."""
    home = CentreHome(centre, clock)
    use_language_of(home.settings)
    theme = Theme(app, home.settings.theme, other_scripts_later=True)
    theme.apply()
    context = DeskContext(home, TaskRunner(app), Messages(app), DeskNavigation(app), DeskBox())
    sys.excepthook = lambda _kind, error, _trace: context.tell_unexpected(error)
    window = DeskWindow(context, WindowParts(app, theme, ClipboardGuard(app.clipboard(), app)), page)
    app.commitDataRequest.connect(lambda _manager: window.locking.close_down(), Qt.ConnectionType.DirectConnection)
    return window


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the window's own arguments; only ``--centre`` is meant for people."""
    parser = argparse.ArgumentParser(prog="outreach centre window", allow_abbrev=False)
    parser.add_argument("--centre", type=Path, required=True, help="folder of the centre")
    for flag in ("--locked", "--tell-covered", "--maximised"):
        parser.add_argument(flag, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--geometry", type=read_place, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--page", default="", help=argparse.SUPPRESS)
    return parser.parse_args(list(arguments))


def _afterwards(window: DeskWindow) -> None:
    """Do what the first page can stand without: other scripts, the system's own wishes to lock or to end."""
    gc.enable()  # switched off by the entry of the program
    window.theme.load_other_scripts()
    importlib.import_module("ui.ending").EndOnSignal(window)
    watch = importlib.import_module("ui.session_watch").make_session_watch(window)
    watch.lock_requested.connect(lambda _reason: window.lock_now())
    window.context.navigation.opened.connect(watch.hold_sleep)
    importlib.import_module("ui.screen_capture").keep_off_screenshots(window)
