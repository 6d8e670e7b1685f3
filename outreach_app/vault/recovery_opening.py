"""Opens a vault whose passphrase was forgotten, with the secret that two custodians freed, and gives it a new one.

A kill at any moment leaves a vault that opens with the old passphrase, with the new one, or by the same reply again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from outreach_app.clock import Clock
from outreach_app.errors import KnownError
from outreach_app.vault import recovery_pending, slot_change, slot_file
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.errors import (
    NotRecoverableError,
    RecoveryAnswerWrongError,
    RecoveryOutdatedError,
    WorkerRemovedError,
)
from outreach_app.vault.inspection import check_files, check_writable
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.passphrase import require_enough
from outreach_app.vault.recovery_pending import Pending
from outreach_app.vault.recovery_set import renewed
from outreach_app.vault.recovery_slot import Recovered, RecoverySlot, open_recovery, slot_head
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import HEALTH, Slot, SlotRequest, Unlocked, new_slot
from outreach_app.vault.versions import check_versions


@dataclass(frozen=True)
class Recoverable:
    """What a locked vault says of its recovery: the recovery slot, and what names it (32 bytes)."""

    vault_id: str
    slot: RecoverySlot
    head: bytes


@dataclass(frozen=True)
class SlotToRecover:
    """A worker's slot as anyone may see it while the vault is locked."""

    slot_id: str
    role: str
    made_at: str
    key_file: bool


def list_slots_to_recover(folder: Path) -> tuple[SlotToRecover, ...]:
    """Return every worker's slot, without names: those are inside the vault.

    Raises:
        VaultMissingError, VaultDamagedError, VaultNewerError, ...: see ``open_vault``.
    """
    check_files(folder)
    headers = (slot.header for slot in slot_file.read_newest(folder).slots)
    return tuple(SlotToRecover(head.slot_id, head.role, head.made_at, head.key_file) for head in headers)


def is_recoverable(folder: Path) -> bool:
    """Tell whether the vault has a recovery slot; ``VaultError`` when there is no vault, or it is damaged."""
    check_files(folder)
    return slot_file.read_newest(folder).recovery is not None


def find_recoverable(folder: Path) -> Recoverable:
    """Return the recovery slot of a locked vault.

    Raises:
        NotRecoverableError: there is none.
    """
    check_files(folder)
    return _recoverable(slot_file.read_newest(folder))


def check_can_ask(folder: Path, slot_id: str, passphrase: str) -> None:
    """Refuse what could not be recovered, before any work.

    Raises:
        WeakPassphraseError: the new passphrase is too easy to guess.
        WorkerRemovedError: no such slot.
    """
    require_enough(passphrase)
    _slot_of(slot_file.read_newest(folder), slot_id)


def keep_request(
    folder: Path, found: Recoverable, slot_id: str, passphrase: str, *, request: bytes, one_time_key: bytes,
    clock: Clock, cost: Argon2Cost = DEFAULT,
) -> None:  # fmt: skip
    """Keep a request until its answer comes; an earlier one is dropped.

    Raises:
        VaultInUseError: the vault is open. DiskFullError, FolderNotWritableError, NotEnoughMemoryError: nothing kept.
    """
    check_writable(folder)
    bare = Pending(
        format=recovery_pending.FORMAT,
        vault_id=found.vault_id,
        slot_id=slot_id,
        head=found.head.hex(),
        made_at=clock.now().isoformat(),
        cost=cost,
        salt=recovery_pending.new_salt(),
        request=request,
    )
    lock = VaultLock(folder)
    try:
        recovery_pending.keep(folder, bare, one_time_key, passphrase)
    finally:
        lock.release()


def open_recovered(
    folder: Path, pending: Pending, secret: bytes, passphrase: str, *, migrations: Path, clock: Clock,
    cost: Argon2Cost = DEFAULT,
) -> OpenVault:  # fmt: skip
    """Open the vault with R, give the slot the new passphrase and the recovery slot a new R, and return it open.

    Raises:
        RecoveryOutdatedError, RecoveryAnswerWrongError, WorkerRemovedError, NotRecoverableError: nothing was changed.
        VaultInUseError and all that ``open_vault`` raises: nothing was changed.
    """
    check_versions()
    check_files(folder)
    check_writable(folder)
    require_enough(passphrase)
    lock = VaultLock(folder)
    try:
        file = slot_file.read_newest(folder)
        own = _as_worker(file, pending.slot_id, _recover(file, pending, secret))
        vault = open_unlocked(folder, file, own, migrations=migrations, lock=lock, clock=clock)
    except BaseException:
        lock.release()
        raise
    try:
        _give_passphrase(vault, own, secret, passphrase, pending, cost)
        with suppress(KnownError):  # it fits nothing any more; the next opening tries again
            recovery_pending.forget(folder)
    except BaseException:
        vault.close()
        raise
    return vault


def _recover(file: SlotFile, pending: Pending, secret: bytes) -> Recovered:
    found = _recoverable(file)
    if found.head.hex() != pending.head or found.vault_id != pending.vault_id:
        raise RecoveryOutdatedError
    recovered = open_recovery(found.slot, found.vault_id, secret)
    if recovered is None:
        raise RecoveryAnswerWrongError
    return recovered


def _recoverable(file: SlotFile) -> Recoverable:
    if file.recovery is None:
        raise NotRecoverableError
    return Recoverable(file.vault_id, file.recovery, slot_head(file.recovery, file.vault_id))


def _slot_of(file: SlotFile, slot_id: str) -> Slot:
    for slot in file.slots:
        if slot.header.slot_id == slot_id:
            return slot
    raise WorkerRemovedError


def _as_worker(file: SlotFile, slot_id: str, recovered: Recovered) -> Unlocked:
    """Return the keys as the worker's own slot would have given them: the health part only where it had it."""
    slot = _slot_of(file, slot_id)
    is_health = slot.header.role == HEALTH and bool(slot.sealed_health_part)
    return Unlocked(
        slot=slot,
        keys=recovered.keys,
        health_part=recovered.health_part if is_health else None,
        next_keys=recovered.next_keys,
        next_health=recovered.next_health if is_health else None,
    )


def _give_passphrase(
    vault: OpenVault, own: Unlocked, secret: bytes, passphrase: str, pending: Pending, cost: Argon2Cost
) -> None:
    """Put the worker's new slot and a new recovery slot in force in one step, written down in the audit beforehand."""
    file = _settled(vault, own)
    recovered = _recover(file, pending, secret)
    worker = _as_worker(file, vault.slot_id, recovered)
    header = worker.slot.header
    request = SlotRequest(header.vault_id, header.slot_id, header.role, vault.clock.now().isoformat(), cost)
    fresh = new_slot(request, passphrase, vault.unlocked.keys, worker.health_part)
    changed = msgspec.structs.replace(
        slot_change.with_slot(file, fresh.slot),
        recovery=renewed(vault, _recoverable(file).slot, recovered.health_part),
    )
    with vault.transaction():
        vault.audit("recovery_requested", header.slot_id, pending.made_at)
    slot_change.publish_own(vault, changed, fresh, entry=("recovered", header.slot_id))


def _settled(vault: OpenVault, own: Unlocked) -> SlotFile:
    """Return the slot file as it is after opening, verified; a change of keys counts as ended even on a full disk."""
    file = slot_file.read_newest(vault.folder)
    between = slot_change.is_between(file)
    slot_file.check_mac(file, own.keys if between else vault.unlocked.keys)
    return slot_change.settled(vault, file, own) if between else file
