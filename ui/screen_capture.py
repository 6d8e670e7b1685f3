"""Asks the system to leave the window out of screenshots and recordings: Windows and macOS can, Linux cannot."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtWidgets import QWidget

from ui.objective_c import ObjectiveC

_EXCLUDE_FROM_CAPTURE, _MONITOR_ONLY = 0x11, 0x01  # SetWindowDisplayAffinity; the second for Windows before 10 (2004)
_SHARING_NONE = 0  # NSWindowSharingNone


def can_keep_off_screenshots(platform: str = sys.platform) -> bool:
    """Tell whether this system has a way at all."""
    return platform in {"win32", "darwin"}


def keep_off_screenshots(window: QWidget, platform: str = sys.platform) -> bool:
    """Keep ``window`` out of what other programs record; return whether the system agreed. Not run on either here."""
    if platform == "win32":
        return _on_windows(int(window.winId()))
    if platform == "darwin":
        return _on_macos(int(window.winId()), ObjectiveC())
    return False


def _on_windows(handle: int, library: ctypes.CDLL | None = None) -> bool:
    user32 = library or ctypes.CDLL("user32")
    return any(
        bool(user32.SetWindowDisplayAffinity(wintypes.HWND(handle), wintypes.DWORD(affinity)))
        for affinity in (_EXCLUDE_FROM_CAPTURE, _MONITOR_ONLY)
    )


def _on_macos(view: int, runtime: ObjectiveC) -> bool:
    window = int(runtime.send(view, "window") or 0)  # Qt gives the view; the window above it is what is shared
    if window:
        runtime.send(window, "setSharingType:", _SHARING_NONE)
    return bool(window)
