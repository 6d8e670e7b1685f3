"""Backups beside the vault: whole copies under the same key, which count only when they were read back.

A backup is made under a name that counts for nothing and renamed when it is verified. The time in its name is the
laptop's; a wrong clock can put the list in a wrong order, but never makes the newest one go.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outreach_app.clock import Clock
from outreach_app.errors import BugError
from outreach_app.vault import slot_file
from outreach_app.vault.copying import Report, copy_database, discard
from outreach_app.vault.errors import BackupMissingError, VaultDamagedError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import BACKUPS, KEPT, PAGE_BYTES, SLOT_COPY
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.safe_files import FOLDER_MODE, read_limited, replace_durably, sync_folder
from outreach_app.vault.slots import canonical

DAILY, MIGRATION, FRESH = "daily", "migration", "fresh"
KINDS = (DAILY, MIGRATION, FRESH)
NEWEST_KEPT = 3
SUFFIX = ".db"
_UNFINISHED = "backup.new"
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(rf"(\d{{8}}T\d{{6}}Z)-({'|'.join(KINDS)})")


@dataclass(frozen=True)
class BackupInfo:
    """Name (the file's without its ending), instant in UTC, size, and why it was made: one of ``KINDS``."""

    name: str
    made_at: datetime
    bytes: int
    kind: str


def make_backup(
    vault: OpenVault,
    *,
    clock: Clock | None = None,
    kind: str = DAILY,
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BackupInfo:
    """Make and verify a backup, then let go of those no longer needed.

    Args:
        vault: open, with no transaction running.
        clock: for the name; None means the vault's.
        kind: one of ``KINDS``.
        progress: told bytes done and bytes in all.
        cancelled: asked often whether to stop; ``OpenVault.interrupt`` stops as well.

    Raises:
        CancelledError, DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: there is no new backup
        and the old ones stay.
    """
    if kind not in KINDS:
        raise BugError(f"no such kind of backup: {kind}")
    folder = vault.folder / BACKUPS
    with mapped_files(vault.folder):
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        sync_folder(vault.folder)
    _copy_slots(vault)
    copy_database(vault, folder / _UNFINISHED, progress=progress, cancelled=cancelled)
    with mapped_files(folder):
        name = _free_name(folder, (clock or vault.clock).now(), kind)
        (folder / _UNFINISHED).rename(folder / (name + SUFFIX))
        sync_folder(folder)
        prune(vault.folder, just_made=name)
    return find_backup(vault.folder, name)


def list_backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Return the backups of the vault in ``folder``, the newest first; asks for no passphrase."""
    found = [info for file in (folder / BACKUPS).glob("*" + SUFFIX) if (info := _info(file)) is not None]
    return tuple(sorted(found, key=lambda info: info.name, reverse=True))


def last_good(folder: Path) -> BackupInfo | None:
    """Return the newest backup, None when there is none."""
    return next(iter(list_backups(folder)), None)


def find_backup(folder: Path, name: str) -> BackupInfo:
    """Return one backup.

    Raises:
        BackupMissingError: none has this name.
    """
    for info in list_backups(folder):
        if info.name == name:
            return info
    raise BackupMissingError(name=name)


def backup_file(folder: Path, info: BackupInfo) -> Path:
    """Return where a backup lies."""
    return folder / BACKUPS / (info.name + SUFFIX)


def backup_due(folder: Path, clock: Clock) -> bool:
    """Tell whether no backup carries today's date (UTC)."""
    today = clock.now().astimezone(UTC).date()
    return all(info.made_at.date() != today for info in list_backups(folder))


def prune(folder: Path, *, just_made: str) -> None:
    """Keep the newest three, the newest of an earlier week, and the one just made; remove the rest.

    Raises:
        OSError: the disk refused.
    """
    found = list_backups(folder)
    kept = {just_made, *(info.name for info in found[:NEWEST_KEPT])}
    if found:
        newest_week = found[0].made_at.isocalendar()[:2]
        kept |= {info.name for info in [info for info in found if info.made_at.isocalendar()[:2] < newest_week][:1]}
    _remove(folder, kept)


def destroy_all_but(folder: Path, name: str) -> None:
    """Remove every other backup, and the damaged files kept when a backup was restored: all that holds older content.

    Raises:
        BackupMissingError: there is no such backup; nothing was removed.
        DiskFaultError, FolderNotWritableError: some may be left; call again.
    """
    find_backup(folder, name)
    with mapped_files(folder):
        _remove(folder, {name})
        discard(folder / BACKUPS / _UNFINISHED)
        if (folder / KEPT).is_dir():
            shutil.rmtree(folder / KEPT)
        sync_folder(folder)


def room_needed(vault: OpenVault) -> int:
    """Return how many bytes a backup of the vault may take."""
    with vault.read() as connection:
        return int(connection.execute("PRAGMA page_count").fetchone()[0]) * PAGE_BYTES


def _remove(folder: Path, kept: set[str]) -> None:
    for info in list_backups(folder):
        if info.name not in kept:
            discard(backup_file(folder, info))
    sync_folder(folder / BACKUPS)


def _copy_slots(vault: OpenVault) -> None:
    """Lay the slot file beside the backups if it is not there yet; while keys change, whoever changes them does."""
    file = slot_file.read_newest(vault.folder)
    try:
        slot_file.check_mac(file, vault.unlocked.keys)
    except VaultDamagedError:
        return
    third, content = vault.folder / BACKUPS / SLOT_COPY, canonical(file)
    if read_limited(third, slot_file.MOST_BYTES) != content:
        with mapped_files(vault.folder):
            replace_durably(third, content)


def _free_name(folder: Path, now: datetime, kind: str) -> str:
    """Return a name no other backup has; of two in one second, of whatever kinds, the later is named later."""
    now = now.astimezone(UTC)
    while any(folder.glob(f"{now.strftime(_TIME)}-*{SUFFIX}")):
        now += timedelta(seconds=1)
    return f"{now.strftime(_TIME)}-{kind}"


def _info(file: Path) -> BackupInfo | None:
    """Return what a file's name says, None when it is none of ours or holds nothing."""
    name = _NAME.fullmatch(file.name.removesuffix(SUFFIX))
    if name is None:
        return None
    try:
        made_at, size = datetime.strptime(name[1], _TIME).replace(tzinfo=UTC), file.stat().st_size
    except (ValueError, OSError):
        return None
    return BackupInfo(name[0], made_at, size, name[2]) if size >= PAGE_BYTES else None
