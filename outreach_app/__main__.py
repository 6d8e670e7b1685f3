"""Starts the window (no arguments, or ``window ...``) or a command (everything else; one opens the desk's window)."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from outreach_app import logs
from outreach_app.errors import EXIT_KNOWN
from outreach_app.hardening import guard_process
from outreach_app.i18n import gettext as _

WINDOW_COMMAND = "window"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for and return the exit code."""
    guard_process()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == WINDOW_COMMAND:
        return window(given[1:])
    command = importlib.import_module("outreach_app.cli.main").cli
    command(args=given, prog_name="outreach", obj=desk_window)
    return 0


def window(arguments: Sequence[str] | None = None) -> int:
    """Start the window; the entry point of the program without a console."""
    guard_process()
    return _start("ui.app", list(sys.argv[1:] if arguments is None else arguments))


def desk_window(folder: Path, arguments: Sequence[str]) -> int:
    """Start the window of the desk in ``folder``; the command line is handed this, because it knows no window."""
    return _start("ui.desk.app", [f"--centre={folder}", *arguments])


def _start(module: str, arguments: Sequence[str]) -> int:
    logs.start()
    if not display_available():
        sys.stderr.write(_("There is no display here. Run a command instead, for example: outreach --help") + "\n")
        return EXIT_KNOWN
    gc.disable()  # until the first page stands: nothing made so far is thrown away
    run = importlib.import_module(module).run  # Qt is loaded only when a window is wanted
    return int(run(arguments))


def display_available() -> bool:
    """Tell whether a window can be shown at all."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
