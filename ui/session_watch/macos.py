"""macOS: notices of the workspace (sleep, another user) and of the screen lock.

The cover stands before the handler returns, and macOS waits with sleep for that. Written to Apple's documents and
tested with a stand-in; it was not run on macOS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from ui.objective_c import ObjectiveC
from ui.session_watch.base import SCREEN_LOCKED, SLEEP, USER_SWITCHED, SessionWatch

WORKSPACE = {
    "NSWorkspaceWillSleepNotification": SLEEP,
    "NSWorkspaceScreensDidSleepNotification": SCREEN_LOCKED,
    "NSWorkspaceSessionDidResignActiveNotification": USER_SWITCHED,
}
DISTRIBUTED = {"com.apple.screenIsLocked": SCREEN_LOCKED, "com.apple.screensaver.didstart": SCREEN_LOCKED}
_TOLD = "told:"
_LISTENER = "NotesSessionListener"


class Runtime(Protocol):
    """What is needed of Objective-C."""

    def class_named(self, name: str) -> int: ...

    def send(self, receiver: int, selector: str, *values: int) -> Any: ...

    def text(self, string: int) -> str: ...

    def string(self, text: str) -> int: ...

    def selector(self, name: str) -> int: ...

    def listener(self, class_name: str, selector: str, told: Callable[[int], None]) -> int: ...


class MacWatch(SessionWatch):
    """One listener for the notices of both centres."""

    def __init__(self, parent: QObject | None = None, runtime: Runtime | None = None) -> None:
        super().__init__(parent)
        self._runtime: Runtime = runtime or ObjectiveC()
        self._listener = 0

    def begin(self) -> None:
        run = self._runtime
        self._listener = run.listener(_LISTENER, _TOLD, self._told)
        for centre, names in ((self._workspace(), WORKSPACE), (self._distributed(), DISTRIBUTED)):
            for name in names:
                given = (self._listener, run.selector(_TOLD), run.string(name), 0)
                run.send(centre, "addObserver:selector:name:object:", *given)

    def stop(self) -> None:
        super().stop()
        for centre in (self._workspace(), self._distributed()):
            self._runtime.send(centre, "removeObserver:", self._listener)

    def _told(self, notice: int) -> None:
        name = self._runtime.text(self._runtime.send(notice, "name"))
        reason = WORKSPACE.get(name) or DISTRIBUTED.get(name)
        if reason:
            self.lock_requested.emit(reason)

    def _workspace(self) -> int:
        shared = self._runtime.send(self._runtime.class_named("NSWorkspace"), "sharedWorkspace") or 0
        return int(self._runtime.send(shared, "notificationCenter") or 0)

    def _distributed(self) -> int:
        centre = self._runtime.class_named("NSDistributedNotificationCenter")
        return int(self._runtime.send(centre, "defaultCenter") or 0)
