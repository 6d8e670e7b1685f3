"""Starts a window for practice beside this one: a process of its own, so that nothing of real work is near it."""

from __future__ import annotations

import importlib

from outreach_app.own_command import own_command

_DEVNULL = -3  # as in subprocess, which is loaded only when it is needed
PRACTICE = "--practice"


def start_practice() -> None:
    """Start it; raises OSError when the system starts no further program."""
    importlib.import_module("subprocess").Popen(
        [*own_command(), "window", PRACTICE], stdin=_DEVNULL, stdout=_DEVNULL, close_fds=True, start_new_session=True
    )
