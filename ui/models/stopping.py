"""One cancel flag out of two: the worker pressed Stop, or the window is about to lock."""

from __future__ import annotations

import threading
from collections.abc import Callable


class StopOrLock(threading.Event):
    """Set by the worker; also true once the vault thread is asked to stop for a lock."""

    def __init__(self) -> None:
        super().__init__()
        self.locking: Callable[[], bool] = lambda: False

    def is_set(self) -> bool:
        return super().is_set() or self.locking()
