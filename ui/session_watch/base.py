"""What every system's watch offers; by itself it hears nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

SLEEP = "sleep"
LID = "lid"
SCREEN_LOCKED = "screen_locked"
USER_SWITCHED = "user_switched"
REASONS = (SLEEP, LID, SCREEN_LOCKED, USER_SWITCHED)


class SessionWatch(QObject):
    """Lives as long as the window; used on the window thread only."""

    lock_requested = Signal(str)  # one of REASONS

    def begin(self) -> None:
        """Listen; a system that does not answer is no error, the times without a key still lock."""

    def hold_sleep(self) -> None:
        """Ask that sleep waits until this process has ended or ``let_sleep`` is called (while the vault is open)."""

    def let_sleep(self) -> None:
        """Let the laptop sleep at any time again."""

    def stop(self) -> None:
        """Listen no more."""
        self.let_sleep()
