"""Hears from the system that the laptop sleeps, its screen is locked, or another person takes over: reasons to lock."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.session_watch.base import SessionWatch

if TYPE_CHECKING:
    from collections.abc import Mapping

WATCHES: Mapping[str, str] = {
    "linux": "ui.session_watch.logind:LogindWatch",
    "win32": "ui.session_watch.windows:WindowsWatch",
    "darwin": "ui.session_watch.macos:MacWatch",
}


def make_session_watch(window: QWidget, platform: str = sys.platform) -> SessionWatch:
    """Return the watch of this system, already listening; one that hears nothing where there is none."""
    named = WATCHES.get(platform)
    if named is None:
        return SessionWatch(window)
    module, name = named.split(":")
    watch = getattr(importlib.import_module(module), name)(window)
    assert isinstance(watch, SessionWatch)  # noqa: S101 - a row that names something else is our mistake
    watch.begin()
    return watch
