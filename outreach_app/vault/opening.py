"""Opens a vault: a chain of asserted steps; any failure refuses, and nothing here ever creates a vault."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from outreach_app import logs
from outreach_app.clock import Clock, SystemClock
from outreach_app.errors import KnownError
from outreach_app.vault import meta, reserve, slot_change, slot_file
from outreach_app.vault.anchor import Step
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.copying import discard
from outreach_app.vault.errors import (
    KeyFileNeededError,
    VaultForeignError,
    VaultRolledBackError,
    WrongPassphraseError,
)
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.inspection import (
    VaultInfo,
    check_files,
    check_writable,
    inspect_vault,
)
from outreach_app.vault.key_file import read_key_file
from outreach_app.vault.layout import DATABASE, REBUILT, vault_exists
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.migrator import Migration, migrate, read_migrations, refuse_newer
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Slot, Unlocked, unlock_slot
from outreach_app.vault.versions import check_versions
from outreach_app.vault.which_key import Door, find_door

__all__ = ["VaultInfo", "inspect_vault", "open_unlocked", "open_vault", "vault_exists"]

_log = logging.getLogger(__name__)


def open_vault(
    folder: Path,
    passphrase: str,
    *,
    migrations: Path,
    clock: Clock,
    backoff: Backoff | None = None,
    key_file: bytes | None = None,
    first_slot: str = "",
) -> OpenVault:
    """Open the vault in ``folder``.

    Args:
        folder: where the vault lies.
        passphrase: as typed.
        migrations: folder of numbered SQL files.
        clock: measures how long it took, for the log, and dates the audit.
        backoff: counts wrong tries and refuses those that come too early.
        key_file: content of the worker's key file, if there is one.
        first_slot: id of the slot to try first; the one used last, usually.

    Raises:
        WaitBeforeTryError, WrongPassphraseError, KeyFileNeededError, KeyFileError: try again.
        VaultMissingError, VaultEmptyError, VaultForeignError, VaultDamagedError, VaultNewerError, VaultRolledBackError,
        AnchorLostError, UnsafeCostError, VaultInUseError, FolderNotWritableError: nothing was changed.
        UnsafeLibraryError, UnsafeSettingError, NotEnoughMemoryError: this machine cannot open it safely.
    """
    began = clock.running_seconds()
    check_versions()
    check_files(folder)
    check_writable(folder)
    secret = None if key_file is None else read_key_file(key_file)
    if backoff is not None:
        backoff.check()
    lock = VaultLock(folder)
    try:
        file = slot_file.read_newest(folder)
        unlocked = unlock_file(file, passphrase, backoff, secret, first_slot)
        vault = open_unlocked(folder, file, unlocked, migrations=migrations, lock=lock, clock=clock)
    except BaseException:
        lock.release()
        raise
    reserve.make(folder)
    logs.event(_log, "vault_opened", slots=len(file.slots), seconds=round(clock.running_seconds() - began, 2))
    return vault


def open_unlocked(
    folder: Path, file: SlotFile, unlocked: Unlocked, *, migrations: Path, lock: VaultLock | None,
    clock: Clock | None = None,
) -> OpenVault:  # fmt: skip
    """Open the database behind an unlocked slot; the steps after the passphrase. ``clock`` None: the system's.

    Raises:
        Those of ``open_vault`` that concern the database, its anchor and its tables.
    """
    slot_file.check_mac(file, unlocked.keys)
    with mapped(folder):
        door = find_door(folder, file, unlocked)
        try:
            vault = OpenVault(folder, door.connection, door.unlocked, door.anchor, lock, clock or SystemClock())
            _settle(vault, file, unlocked, door, read_migrations(migrations))
        except BaseException:
            door.connection.close()
            raise
    return vault


def unlock_file(
    file: SlotFile, passphrase: str, backoff: Backoff | None, key_secret: bytes | None = None, first_slot: str = ""
) -> Unlocked:
    """Return the slot that opens; every slot's cost is looked at before any work is done for one.

    Raises:
        UnsafeCostError: somebody changed the file. WrongPassphraseError, KeyFileNeededError: none opens.
    """
    for slot in file.slots:
        slot.header.cost.check()
    for slot in sorted(file.slots, key=lambda slot: slot.header.slot_id != first_slot):
        unlocked = _unlocked(slot, passphrase, key_secret)
        if unlocked is not None:
            if backoff is not None:
                backoff.note_right()
            return unlocked
    if backoff is not None:
        backoff.note_wrong()
    if key_secret is None and any(slot.header.key_file for slot in file.slots):
        raise KeyFileNeededError
    raise WrongPassphraseError


def _unlocked(slot: Slot, passphrase: str, key_secret: bytes | None) -> Unlocked | None:
    try:
        return unlock_slot(slot, passphrase, key_secret)
    except WrongPassphraseError:
        return None


def _settle(
    vault: OpenVault, file: SlotFile, own: Unlocked, door: Door, migrations: tuple[Migration, ...]
) -> None:
    """Compare database, slots and anchor; then, and only then, bring what lags behind up to date."""
    found = meta.read(vault.connection)
    if found.vault_id != file.vault_id:
        raise VaultForeignError(file=vault.folder / DATABASE)
    if file.generation - found.slot_generation not in {0, 1}:  # a change of slots writes the file first
        raise VaultRolledBackError
    door.known.check(found.step)
    refuse_newer(vault, migrations)
    _settle_anchor(vault, door, found.step)
    with mapped_files(vault.folder):
        discard(vault.folder / REBUILT)  # a copy that did not get as far as taking the database's place
    migrate(vault, migrations)
    _settle_slots(vault, file, own, found.slot_generation)


def _settle_anchor(vault: OpenVault, door: Door, step: Step) -> None:
    with mapped_files(vault.folder):
        if door.known is door.anchor:
            door.anchor.settle(step)
        else:  # the database is under the next key, and power failed before the anchors were
            door.anchor.begin(step)


def _settle_slots(vault: OpenVault, file: SlotFile, own: Unlocked, noted: int) -> None:
    if file.generation != noted:
        with vault.transaction() as connection:
            meta.write_slot_generation(connection, file.generation)
    try:
        slot_file.write_both(vault.folder, file)
    except KnownError:  # one whole copy is there; a full disk must not keep the notes from being read
        logs.event(_log, "slot_copy_to_be_written", logging.WARNING)
    slot_change.settle(vault, file, own)
    if not file.inbox_key:  # a file of format 1
        with suppress(KnownError):  # on a full disk the next opening does it
            slot_change.give_inbox(vault)
