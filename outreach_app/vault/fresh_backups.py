"""Replaces the backups after keys have changed: older ones are under a key that somebody who left still knows."""

from __future__ import annotations

import msgspec

from outreach_app.errors import DiskFullError
from outreach_app.vault import slot_change
from outreach_app.vault.backups import FRESH, backup_file, destroy_all_but, list_backups, make_backup
from outreach_app.vault.copying import Report, discard
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.open_vault import OpenVault


def fresh_backup_due(vault: OpenVault) -> bool:
    """Tell whether backups of before the last change of keys may be there."""
    return slot_change.current(vault).backups_due


def renew_backups(vault: OpenVault, *, progress: Report | None = None) -> None:
    """Make a fresh backup and destroy all older ones; does nothing when it is not due.

    Where the disk has no room for both, the older ones go first: the team cannot open them any more.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError, CancelledError: it stays due.
    """
    file = slot_change.current(vault)
    if not file.backups_due:
        return
    try:
        made = make_backup(vault, kind=FRESH, progress=progress)
    except DiskFullError:
        _destroy_all(vault)
        made = make_backup(vault, kind=FRESH, progress=progress)
    destroy_all_but(vault.folder, made.name)
    slot_change.publish(vault, msgspec.structs.replace(file, backups_due=False))


def _destroy_all(vault: OpenVault) -> None:
    with mapped_files(vault.folder):
        for info in list_backups(vault.folder):
            discard(backup_file(vault.folder, info))
