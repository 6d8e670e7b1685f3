"""Starts the window: builds the parts, shows the right screen, and says to a predecessor that the cover stands."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.i18n import N_
from outreach_app.paths import default_practice_folder, default_vault_folder, is_practice_vault
from outreach_app.program import Program
from ui.clipboard import ClipboardGuard
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.covered_window import WindowParts
from ui.file_choosing import keep_qt_settings_away
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.page import STANDS_FIRST
from ui.placing import place_window, read_place, use_language_of
from ui.tasks import TaskRunner
from ui.telling_covered import tell_when_covered
from ui.theme import Theme

DRAWN_BY = ("-style", "Fusion")  # told to Qt itself: asking for a style object costs as much as a page
NEUTRAL_NAME = N_("Notes")


def run(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; return the exit code."""
    given = read_arguments(arguments)
    app = QApplication([sys.argv[0], *DRAWN_BY])
    app.setApplicationName("notes")
    app.setQuitOnLastWindowClosed(False)
    keep_qt_settings_away()
    program = Program(given.vault or _own_folder(given))
    use_language_of(program.settings)
    theme = Theme(app, program.settings.theme, other_scripts_later=True)
    theme.apply()
    window = build_window(app, program, theme, page=given.page)
    window.check_in.carry_on(given.remind_at)
    place_window(window, given.geometry or program.settings.window, maximised=given.maximised)
    if given.locked and not given.cards:
        window.cover_now()
    window.show()
    practises = given.practice or is_practice_vault(program.folder)
    if practises:
        centre = importlib.import_module("ui.practising").PractisingCentre(window.context, window)
        app.aboutToQuit.connect(centre.stop)
    _begin(window, given)
    if given.tell_covered:
        tell_when_covered(window)
    QTimer.singleShot(0 if given.locked else STANDS_FIRST, window, lambda: _afterwards(window, theme))
    QTimer.singleShot(STANDS_FIRST, window, lambda: _hear_the_system(window))
    code = app.exec() if given.pictures is None else _grab_pictures(app, window, given.pictures)
    if window.context.tasks.busy:
        os._exit(code)  # a send that still waits for the network must not keep this process, and its memory, alive
    return code


def _begin(window: MainWindow, given: argparse.Namespace) -> None:
    """Show the first screen: practice, the cards that were handed over, or what there is."""
    if given.practice:
        window.begin_practice()
        return
    window.begin()
    if given.cards:
        window.context.go_to("cards", {"handed": "1"})


def build_window(app: QApplication, program: Program, theme: Theme, *, page: str = "") -> MainWindow:
    """Put the window's parts together in one place."""
    context = Context(
        program=program,
        tasks=TaskRunner(app),
        messages=Messages(app),
        changes_hub=ChangesHub(app),
        navigation=Navigation(app),
        sessions=SessionBox(),
    )
    sys.excepthook = lambda _kind, error, _trace: context.tell_unexpected(error)
    window = MainWindow(context, WindowParts(app, theme, ClipboardGuard(app.clipboard(), app)), page)
    app.commitDataRequest.connect(lambda _manager: window.locking.close_down(), Qt.ConnectionType.DirectConnection)
    return window


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read ``window``'s own arguments; only ``--vault`` is meant for people."""
    parser = argparse.ArgumentParser(prog="outreach window", allow_abbrev=False)
    parser.add_argument("--vault", type=Path, default=None, help="folder of the vault")
    parser.add_argument("--practice", action="store_true", help="practise on fictional people, apart from real work")
    parser.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--tell-covered", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--maximised", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--geometry", type=read_place, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--page", default="", help=argparse.SUPPRESS)
    parser.add_argument("--cards", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--remind-at", type=int, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--pictures", type=Path, default=None, help="folder for a picture of each page, then end")
    return parser.parse_args(list(arguments))


def _own_folder(given: argparse.Namespace) -> Path:
    return default_practice_folder() / "vault" if given.practice else default_vault_folder()


def _afterwards(window: QWidget, theme: Theme) -> None:
    """Do what the first page can stand without."""
    gc.enable()  # switched off by the entry of the program
    theme.load_other_scripts()
    importlib.import_module("ui.ending").EndOnSignal(window)


def _hear_the_system(window: MainWindow) -> None:
    """Lock when the system says so; keep the window out of screenshots where the system can."""
    watch = importlib.import_module("ui.session_watch").make_session_watch(window)
    watch.lock_requested.connect(lambda _reason: window.lock_now())
    window.context.navigation.unlocked.connect(watch.hold_sleep)
    if window.context.unlocked:
        watch.hold_sleep()
    importlib.import_module("ui.screen_capture").keep_off_screenshots(window)



def _grab_pictures(app: QApplication, window: MainWindow, folder: Path) -> int:
    pictures = importlib.import_module("ui.pictures")  # the tour and people who check pages want it, workers never
    return int(pictures.PictureRound(app, window, window.context, folder).run())
