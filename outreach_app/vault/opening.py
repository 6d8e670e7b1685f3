"""Opens a vault: a chain of asserted steps; any failure refuses, and nothing here ever creates a vault."""

from __future__ import annotations

import logging
from pathlib import Path

from outreach_app import logs
from outreach_app.clock import Clock
from outreach_app.vault import database, meta, slot_file
from outreach_app.vault.anchor import Anchor
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.errors import (
    VaultForeignError,
    VaultNewerError,
    VaultRolledBackError,
    WrongPassphraseError,
)
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.hot_journal import check_journal
from outreach_app.vault.inspection import (
    VaultInfo,
    check_files,
    check_writable,
    inspect_vault,
)
from outreach_app.vault.layout import DATABASE, vault_exists
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.migrator import Migration, migrate, read_migrations, refuse_newer
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, unlock_slot
from outreach_app.vault.versions import check_versions

__all__ = ["VaultInfo", "inspect_vault", "open_unlocked", "open_vault", "vault_exists"]

_log = logging.getLogger(__name__)


def open_vault(
    folder: Path, passphrase: str, *, migrations: Path, clock: Clock, backoff: Backoff | None = None
) -> OpenVault:
    """Open the vault in ``folder``.

    Args:
        folder: where the vault lies.
        passphrase: as typed.
        migrations: folder of numbered SQL files.
        clock: measures how long it took, for the log.
        backoff: counts wrong tries and refuses those that come too early.

    Raises:
        WaitBeforeTryError, WrongPassphraseError: try again.
        VaultMissingError, VaultEmptyError, VaultForeignError, VaultDamagedError, VaultNewerError, VaultRolledBackError,
        AnchorLostError, UnsafeCostError, VaultInUseError, FolderNotWritableError: nothing was changed.
        UnsafeLibraryError, UnsafeSettingError, NotEnoughMemoryError: this machine cannot open it safely.
    """
    began = clock.running_seconds()
    check_versions()
    check_files(folder)
    check_writable(folder)
    if backoff is not None:
        backoff.check()
    lock = VaultLock(folder)
    try:
        file = slot_file.read_newest(folder)
        unlocked = _unlock(file, passphrase, backoff)
        vault = open_unlocked(folder, file, unlocked, migrations=migrations, lock=lock)
    except BaseException:
        lock.release()
        raise
    logs.event(_log, "vault_opened", slots=len(file.slots), seconds=round(clock.running_seconds() - began, 2))
    return vault


def open_unlocked(
    folder: Path, file: SlotFile, unlocked: Unlocked, *, migrations: Path, lock: VaultLock | None
) -> OpenVault:
    """Open the database behind an unlocked slot; the steps after the passphrase.

    Raises:
        Those of ``open_vault`` that concern the database, its anchor and its tables.
    """
    slot_file.check_mac(file, unlocked.keys)
    anchor = Anchor(folder, file.vault_id, unlocked.keys.anchor_key())
    check_journal(folder, anchor.load().pages)
    with mapped(folder):
        connection = database.connect(folder / DATABASE, unlocked.keys.database_key())
        try:
            vault = OpenVault(folder, connection, unlocked, anchor, lock)
            _settle(vault, file, anchor, read_migrations(migrations))
        except BaseException:
            connection.close()
            raise
    return vault


def _unlock(file: SlotFile, passphrase: str, backoff: Backoff | None) -> Unlocked:
    for slot in file.slots:
        try:
            unlocked = unlock_slot(slot, passphrase)
        except WrongPassphraseError:
            continue
        if backoff is not None:
            backoff.note_right()
        return unlocked
    if backoff is not None:
        backoff.note_wrong()
    raise WrongPassphraseError


def _settle(vault: OpenVault, file: SlotFile, anchor: Anchor, migrations: tuple[Migration, ...]) -> None:
    """Compare database, slots and anchor; then, and only then, bring what lags behind up to date."""
    found = meta.read(vault.connection)
    if found.engine > meta.ENGINE:
        raise VaultNewerError
    if found.vault_id != file.vault_id:
        raise VaultForeignError(file=vault.folder / DATABASE)
    if file.generation - found.slot_generation not in {0, 1}:  # a change of slots writes the file first
        raise VaultRolledBackError
    anchor.check(found.step)
    refuse_newer(vault, migrations)
    with mapped_files(vault.folder):
        anchor.settle(found.step)
    if file.generation != found.slot_generation:
        with vault.transaction() as connection:
            meta.write_slot_generation(connection, file.generation)
    slot_file.write_both(vault.folder, file)
    migrate(vault, migrations)
