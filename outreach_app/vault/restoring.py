"""Puts a backup in the place of a damaged vault, in a device epoch of its own; the damaged files are kept.

The order leaves, at any moment, what was there, or the restored vault, or a folder in which the same restoring can be
run again: stage a copy, verify it, begin its epoch, put the old files aside, move the copy in, renew the anchors.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path

from outreach_app import logs
from outreach_app.clock import Clock
from outreach_app.errors import KnownError
from outreach_app.vault import audit, database, meta, slot_file
from outreach_app.vault.anchor import Anchor, Step
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.backups import BackupInfo, backup_file, find_backup
from outreach_app.vault.connection import Connection
from outreach_app.vault.copying import discard, verify_copy
from outreach_app.vault.erasing import finish_erasing
from outreach_app.vault.errors import (
    AnchorLostError,
    BackupDamagedError,
    VaultDamagedError,
    VaultNewerError,
    WrongPassphraseError,
)
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.key_file import read_key_file
from outreach_app.vault.keys import VaultKeys
from outreach_app.vault.layout import ANCHOR_FILES, DATABASE, JOURNAL, KEPT, REBUILT, is_there
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.migrator import read_migrations
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked, unlock_file
from outreach_app.vault.safe_files import FOLDER_MODE, create_empty, sync_file, sync_folder
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked
from outreach_app.vault.versions import check_versions
from outreach_app.vault.which_key import find_door

_log = logging.getLogger(__name__)
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class _Restoring:
    """What a restoring works with."""

    folder: Path
    info: BackupInfo
    file: SlotFile
    unlocked: Unlocked
    clock: Clock


def restore_backup(
    folder: Path,
    passphrase: str,
    name: str,
    *,
    migrations: Path,
    clock: Clock,
    key_file: bytes | None = None,
    backoff: Backoff | None = None,
    first_slot: str = "",
) -> OpenVault:
    """Replace the vault in ``folder`` by one of its backups and return it open.

    Args:
        folder: where the vault lies; its database may be damaged or missing.
        passphrase: as typed, one that opens the vault now.
        name: of the backup, from ``backups.list_backups``.
        migrations: folder of numbered SQL files.
        clock: for the audit and the name of the folder in which the damaged files are kept.
        key_file: content of the worker's key file, if there is one.
        backoff: counts wrong tries and refuses those that come too early.
        first_slot: id of the slot to try first.

    Raises:
        BackupMissingError, BackupDamagedError, VaultNewerError, WaitBeforeTryError, WrongPassphraseError,
        KeyFileNeededError, VaultInUseError, DiskFullError, FolderNotWritableError: nothing was changed.
        DiskFaultError: try again; whatever was put aside is in ``kept/``.
    """
    check_versions()
    finish_erasing(folder)  # no backup is left then
    info = find_backup(folder, name)
    secret = None if key_file is None else read_key_file(key_file)
    if backoff is not None:
        backoff.check()
    lock = VaultLock(folder)
    try:
        file = slot_file.read_newest(folder)
        unlocked = unlock_file(file, passphrase, backoff, secret, first_slot)
        slot_file.check_mac(file, unlocked.keys)
        _restore(_Restoring(folder, info, file, unlocked, clock), migrations)
        vault = open_unlocked(folder, file, unlocked, migrations=migrations, lock=lock, clock=clock)
    except BaseException:
        lock.release()
        raise
    logs.event(_log, "vault_restored", epoch=vault.epoch)
    return vault


def _restore(work: _Restoring, migrations: Path) -> None:
    _refuse_newer(work, len(read_migrations(migrations)))
    staged = work.folder / REBUILT
    try:
        keys, step = _stage(work, staged)
    except BaseException:
        with suppress(OSError):  # the next opening, or restoring, removes it
            discard(staged)
        raise
    with mapped_files(work.folder):
        _put_aside(work)
        staged.replace(work.folder / DATABASE)
        sync_folder(work.folder)
        Anchor(work.folder, work.file.vault_id, keys.anchor_key()).begin(step)


def _refuse_newer(work: _Restoring, known: int) -> None:
    """Refuse to replace a whole vault for which only this program is too old, or the worker was not given the new key.

    Raises:
        VaultNewerError: a newer program wrote the vault. WrongPassphraseError: this worker has left.
    """
    try:
        with mapped(work.folder), _present_database(work) as connection:
            newer = meta.read(connection).engine > meta.ENGINE
            newer = newer or connection.execute("PRAGMA user_version").fetchone()[0] > known
    except (VaultNewerError, WrongPassphraseError):
        raise
    except KnownError:  # damaged: that is what the backup is for
        return
    if newer:
        raise VaultNewerError


@contextmanager
def _present_database(work: _Restoring) -> Iterator[Connection]:
    with closing(find_door(work.folder, work.file, work.unlocked).connection) as connection:
        yield connection


def _stage(work: _Restoring, staged: Path) -> tuple[VaultKeys, Step]:
    """Copy the backup, read the copy completely, and make it the first step of a new epoch."""
    with mapped_files(work.folder):
        discard(staged)
        create_empty(staged)
        with backup_file(work.folder, work.info).open("rb") as source, staged.open("r+b") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        sync_file(staged)
    keys = _keys_of(work, staged)
    with mapped(work.folder), closing(database.connect(staged, keys.database_key())) as connection:
        step = _begin_epoch(work, connection)
    verify_copy(staged, keys.database_key(), step)
    with mapped_files(work.folder):
        discard(staged.with_name(staged.name + "-journal"))
        sync_file(staged)
        sync_folder(work.folder)
    return keys, step


def _keys_of(work: _Restoring, staged: Path) -> VaultKeys:
    """Return the keys the backup is under; while keys change that may be the old or the next ones."""
    for keys in (work.unlocked.keys, work.unlocked.next_keys):
        if keys is not None:
            with suppress(VaultDamagedError):
                verify_copy(staged, keys.database_key())
                return keys
    raise BackupDamagedError(name=work.info.name)


def _begin_epoch(work: _Restoring, connection: Connection) -> Step:
    found = meta.read(connection)
    if found.vault_id != work.file.vault_id:
        raise BackupDamagedError(name=work.info.name)
    connection.execute("BEGIN IMMEDIATE")
    if found.engine < meta.ENGINE:
        meta.upgrade(connection)
    now = work.clock.now().isoformat()
    audit.append(connection, now, work.unlocked.slot.header.slot_id, "restored", detail=work.info.name)
    step = found.step.in_epoch(_newest_epoch(work, found.step) + 1, audit.head(connection))
    meta.write_step(connection, step)
    meta.write_slot_generation(connection, work.file.generation)
    connection.execute("COMMIT")
    return step


def _newest_epoch(work: _Restoring, step: Step) -> int:
    epochs = [step.epoch]
    for keys in (work.unlocked.keys, work.unlocked.next_keys):
        if keys is not None:
            with suppress(AnchorLostError):
                epochs.append(Anchor(work.folder, work.file.vault_id, keys.anchor_key()).load().epoch)
    return max(epochs)


def _put_aside(work: _Restoring) -> None:
    """Move database and journal into ``kept/<instant>``, the database first, and copy the anchors there.

    Not the slots: those in force open what is kept, too; a copy would go on opening with a passphrase long changed.
    """
    moved = [name for name in (DATABASE, JOURNAL) if is_there(work.folder / name)]
    if not moved:
        return
    kept = _new_folder(work.folder / KEPT, work.clock)
    for name in ANCHOR_FILES:
        if (work.folder / name).is_file():
            shutil.copyfile(work.folder / name, kept / name)
            (kept / name).chmod(0o600)
    for name in moved:
        (work.folder / name).rename(kept / name)
    sync_folder(kept)
    sync_folder(kept.parent)
    sync_folder(work.folder)


def _new_folder(parent: Path, clock: Clock) -> Path:
    now = clock.now().astimezone(UTC)
    parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    while is_there(parent / now.strftime(_TIME)):
        now += timedelta(seconds=1)
    kept = parent / now.strftime(_TIME)
    kept.mkdir(mode=FOLDER_MODE)
    return kept
