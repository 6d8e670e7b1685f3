"""Starts the window (no arguments, or ``window ...``) or a command (everything else)."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import sys
from collections.abc import Sequence

from outreach_app import logs
from outreach_app.errors import EXIT_KNOWN
from outreach_app.i18n import gettext as _

WINDOW_COMMAND = "window"
_PR_SET_DUMPABLE = 4  # linux/prctl.h


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for and return the exit code."""
    guard_process()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == WINDOW_COMMAND:
        return window(given[1:])
    command = importlib.import_module("outreach_app.cli.main").cli
    command(args=given, prog_name="outreach")
    return 0


def window(arguments: Sequence[str] | None = None) -> int:
    """Start the window; the entry point of the program without a console."""
    guard_process()
    logs.start()
    if not display_available():
        sys.stderr.write(_("There is no display here. Run a command instead, for example: outreach --help") + "\n")
        return EXIT_KNOWN
    gc.disable()  # until the first page stands: nothing made so far is thrown away
    run = importlib.import_module("ui.app").run  # Qt is loaded only when a window is wanted
    return int(run(list(sys.argv[1:] if arguments is None else arguments)))


def display_available() -> bool:
    """Tell whether a window can be shown at all."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def guard_process() -> None:
    """New files are the worker's alone; no core dumps; no other program of the same user reads this one's memory."""
    os.umask(0o077)
    _fill_closed_streams()
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on Windows
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):  # a libc without prctl
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _fill_closed_streams() -> None:
    """Give a closed stream the null device: else a file of the vault could be opened under its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is the closed one
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
