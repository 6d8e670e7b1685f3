"""Backups beside the vault: whether one is due, making one, and which there are."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.services.parts import Parts
from outreach_app.vault import backups
from outreach_app.vault.backups import BackupInfo

__all__ = ["BackingUp", "BackupInfo"]


class BackingUp:
    """The verbs of backups."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def is_due(self) -> bool:
        """Tell whether no backup was made today."""
        return backups.backup_due(self._parts.vault.folder, self._parts.clock)

    def backup_now(
        self, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> BackupInfo:
        """Make a backup and read it back; takes seconds in a full vault.

        Args:
            progress: told bytes done and bytes in all.
            cancelled: asked often, from the vault's thread, whether to stop.

        Raises:
            CancelledError, DiskFullError, FolderNotWritableError, DiskFaultError: there is no new backup; the old ones
            stay.
            VaultDamagedError: the vault itself cannot be copied whole.
        """
        vault = self._parts.vault
        info = backups.make_backup(vault, clock=self._parts.clock, progress=progress, cancelled=cancelled)
        with vault.transaction():
            vault.audit("backup_made", detail=info.name)
        return info

    def list_backups(self) -> tuple[BackupInfo, ...]:
        """Return the backups there are, the newest first."""
        return backups.list_backups(self._parts.vault.folder)

    def last_good(self) -> BackupInfo | None:
        """Return the newest backup, None when there is none; each was read back when it was made."""
        return backups.last_good(self._parts.vault.folder)
