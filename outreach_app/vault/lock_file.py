"""One program per vault: a lock that the system gives back by itself when a program dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from outreach_app.vault.errors import VaultInUseError
from outreach_app.vault.failures import from_system
from outreach_app.vault.safe_files import FILE_MODE

if sys.platform == "win32":  # pragma: no cover - the tests run where fcntl is
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


NAME = "vault.lock"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class VaultLock:
    """Holds ``vault.lock`` of a folder until released or until the process ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock at once.

        Raises:
            VaultInUseError: another program, or another part of this one, holds it.
            FolderNotWritableError: the folder may not be written to.
        """
        try:
            self._handle: int | None = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, FILE_MODE)
        except OSError as error:
            raise from_system(error, folder) from error
        try:
            _take(self._handle)
        except OSError as error:
            self.release()
            raise VaultInUseError from error

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
