"""Windows: power and session messages that the system sends to the window.

Windows waits about two seconds for the answer to "suspend": the cover stands before the handler returns, the fresh
locked process takes over right after or when the laptop wakes. Written to Microsoft's documents and tested with made
messages; it was not run on Windows.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.session_watch.base import SCREEN_LOCKED, SLEEP, USER_SWITCHED, SessionWatch

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND = 4
CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOGOFF, SESSION_LOCK = 2, 4, 6, 7
NOTIFY_FOR_THIS_SESSION = 0

_REASONS = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND): SLEEP,
    (WM_WTSSESSION_CHANGE, SESSION_LOCK): SCREEN_LOCKED,
    (WM_WTSSESSION_CHANGE, CONSOLE_DISCONNECT): USER_SWITCHED,
    (WM_WTSSESSION_CHANGE, REMOTE_DISCONNECT): USER_SWITCHED,
    (WM_WTSSESSION_CHANGE, SESSION_LOGOFF): USER_SWITCHED,
}


class WindowsWatch(SessionWatch):
    """Sees every message of the program's windows before Qt does and lets all of them through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._filter = _Messages(self)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        library = _session_library()
        if library is not None:
            library.WTSRegisterSessionNotification(
                wintypes.HWND(int(self._window.winId())), wintypes.DWORD(NOTIFY_FOR_THIS_SESSION)
            )

    def stop(self) -> None:
        super().stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        library = _session_library()
        if library is not None:
            library.WTSUnRegisterSessionNotification(wintypes.HWND(int(self._window.winId())))


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, watch: WindowsWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]  # QByteArray gives its bytes; its stub hides it
            reason = reason_in(int(message))
            if reason:
                self._watch.lock_requested.emit(reason)
        return False, 0


def reason_in(address: int) -> str:
    """Return the reason to lock that the message at ``address`` (a MSG) holds, or nothing."""
    told = wintypes.MSG.from_address(address)
    return _REASONS.get((told.message, told.wParam), "")


def _session_library() -> ctypes.CDLL | None:
    return ctypes.CDLL("wtsapi32") if sys.platform == "win32" else None
