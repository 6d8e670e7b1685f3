"""A lock that comes in the middle of long work: interrupts the vault from another thread, as the window does."""

from __future__ import annotations

import threading
import time

from outreach_app.vault.open_vault import OpenVault


class Interrupting:
    """Give it as ``progress``; it interrupts once, when ``share`` of the work is done, ``wait`` seconds later."""

    def __init__(self, vault: OpenVault, share: float, wait: float = 0.0) -> None:
        self._vault = vault
        self._share = share
        self._timer = threading.Timer(wait, self._interrupt)
        self._asked_at: list[float] = []

    def __call__(self, done: int, total: int) -> None:
        if done >= total * self._share and not self._asked_at and not self._timer.is_alive():
            self._timer.start()

    def seconds_since(self) -> float:
        """Return how long ago the vault was interrupted; IndexError when it was not."""
        return time.monotonic() - self._asked_at[0]

    def _interrupt(self) -> None:
        self._asked_at.append(time.monotonic())
        self._vault.interrupt()
