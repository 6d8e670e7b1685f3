"""The slots of a vault's workers: list, add, remove, key files, health; nobody else's passphrase is needed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from outreach_app.clock import Clock
from outreach_app.domain.ids import IdSource
from outreach_app.errors import BugError
from outreach_app.vault import recovery_slot, slot_change
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.copying import Report
from outreach_app.vault.errors import (
    HealthKeyMissingError,
    KeyFileOnlyWayError,
    LastHealthWorkerError,
    LastSupervisorError,
    OwnSlotError,
    SlotMissingError,
    TooManySlotsError,
)
from outreach_app.vault.key_file import read_key_file
from outreach_app.vault.keys import SECRET_BYTES
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase import require_enough
from outreach_app.vault.rekeying import rekey
from outreach_app.vault.slot_file import MOST_SLOTS, SlotFile
from outreach_app.vault.slots import HEALTH, ROLES, Slot, SlotRequest, new_slot, unlock_slot, with_health_part

SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What can be said of a slot; ``has_health``: it opens the health part. ``own``: the one in use."""

    slot_id: str
    role: str
    made_at: str
    key_file: bool
    has_health: bool
    own: bool


def list_slots(vault: OpenVault) -> tuple[SlotInfo, ...]:
    """Return the slots in the order in which they were made."""
    return tuple(_info(vault, slot) for slot in slot_change.current(vault).slots)


def add_slot(
    vault: OpenVault,
    passphrase: str,
    role: str,
    *,
    clock: Clock,
    ids: IdSource,
    cost: Argon2Cost = DEFAULT,
    key_file: bytes | None = None,
    slot_id: str = "",
) -> str:
    """Give a worker a slot and return its id.

    A health worker added by somebody who cannot read health parts waits until a health worker grants it; where nobody
    holds the health part there is nothing to wait for, and a fresh one is made.

    Args:
        vault: open.
        passphrase: of the new worker, as typed.
        role: ``outreach``, ``health``, ``meeting_place`` or ``supervisor``.
        clock: dates the slot.
        ids: for its id, unless ``slot_id`` gives one.
        cost: of the slow key derivation.
        key_file: content of the new worker's key file, or None.
        slot_id: an id under which the caller has noted the worker already.

    Raises:
        WeakPassphraseError, KeyFileError, KeyFileOnlyWayError, TooManySlotsError, NotEnoughMemoryError, DiskFullError,
        FolderNotWritableError, DiskFaultError, VaultDamagedError: nothing was changed.
    """
    if role not in ROLES:
        raise BugError(f"no such role: {role}")
    require_enough(passphrase)
    secret = None if key_file is None else read_key_file(key_file)
    file = slot_change.current(vault)
    if len(file.slots) >= MOST_SLOTS:
        raise TooManySlotsError(most=MOST_SLOTS)
    request = SlotRequest(vault.vault_id, slot_id or ids.new_id(), role, clock.now().isoformat(), cost)
    part = _part_for(vault, file) if role == HEALTH else None
    fresh = new_slot(request, passphrase, vault.unlocked.keys, part, secret).slot
    still_due = file.health_due and _holds_health(file)
    changed = msgspec.structs.replace(file, slots=(*file.slots, fresh), health_due=still_due)
    _require_way_without_key_file(changed)
    slot_change.publish(vault, _with_part_for_recovery(changed, part), entry=("worker_added", request.slot_id))
    return request.slot_id


def remove_slot(
    vault: OpenVault,
    slot_id: str,
    *,
    give_up_health: bool = False,
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Take a worker's slot away and put the vault under a new key that he was never given.

    Backups made before are still under the old key; see ``leftovers.end``.

    Args:
        vault: open.
        slot_id: whose; never the one in use.
        give_up_health: go on even if no one is left who can read the health parts.
        progress: told where the copy is, in bytes.
        cancelled: asked often whether to stop.

    Raises:
        SlotMissingError, OwnSlotError, LastSupervisorError, LastHealthWorkerError, KeyFileOnlyWayError: nothing was
        changed.
        Those of ``rekeying.rekey``.
    """
    file = slot_change.current(vault)
    slot = _slot(file, slot_id)
    staying = msgspec.structs.replace(file, slots=tuple(other for other in file.slots if other is not slot))
    if slot_id == vault.slot_id:
        raise OwnSlotError
    if slot.header.role == SUPERVISOR and not any(other.header.role == SUPERVISOR for other in staying.slots):
        raise LastSupervisorError
    if slot.sealed_health_part and not give_up_health and not _holds_health(staying):
        raise LastHealthWorkerError
    _require_way_without_key_file(staying)
    rekey(vault, leaving=slot_id, progress=progress, cancelled=cancelled)


def set_key_file(
    vault: OpenVault,
    passphrase: str,
    new_key_file: bytes | None,
    *,
    clock: Clock,
    old_key_file: bytes | None = None,
    cost: Argon2Cost = DEFAULT,
) -> None:
    """Let the slot in use ask for a key file from now on, for another one, or for none.

    Args:
        vault: open.
        passphrase: of the slot in use; it stays.
        new_key_file: content of the key file from now on, None for none.
        clock: dates the slot.
        old_key_file: content of the key file so far, if there is one.
        cost: of the slow key derivation.

    Raises:
        WrongPassphraseError, KeyFileNeededError, KeyFileError, KeyFileOnlyWayError, NotEnoughMemoryError,
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: nothing was changed.
    """
    old = None if old_key_file is None else read_key_file(old_key_file)
    new = None if new_key_file is None else read_key_file(new_key_file)
    file = slot_change.current(vault)
    own = unlock_slot(_slot(file, vault.slot_id), passphrase, old)
    header = own.slot.header
    request = SlotRequest(header.vault_id, header.slot_id, header.role, clock.now().isoformat(), cost)
    fresh = new_slot(request, passphrase, vault.unlocked.keys, own.health_part, new)
    changed = slot_change.with_slot(file, fresh.slot)
    _require_way_without_key_file(changed)
    slot_change.publish_own(vault, changed, fresh, entry=("key_file_set", vault.slot_id))


def grant_health(vault: OpenVault, slot_id: str) -> None:
    """Let a health worker who waits for it read the health parts; only a health worker can.

    Raises:
        HealthKeyMissingError: the slot in use cannot read them itself, or the other one is not a health worker's.
        SlotMissingError: no such slot.
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: nothing was changed.
    """
    part, file = vault.unlocked.health_part, slot_change.current(vault)
    slot = _slot(file, slot_id)
    if part is None or slot.header.role != HEALTH:
        raise HealthKeyMissingError
    changed = slot_change.with_slot(file, with_health_part(slot, part))
    slot_change.publish(vault, _with_part_for_recovery(changed, part), entry=("health_granted", slot_id))


def _info(vault: OpenVault, slot: Slot) -> SlotInfo:
    header = slot.header
    return SlotInfo(
        slot_id=header.slot_id,
        role=header.role,
        made_at=header.made_at,
        key_file=header.key_file,
        has_health=bool(slot.sealed_health_part),
        own=header.slot_id == vault.slot_id,
    )


def _slot(file: SlotFile, slot_id: str) -> Slot:
    for slot in file.slots:
        if slot.header.slot_id == slot_id:
            return slot
    raise SlotMissingError


def _holds_health(file: SlotFile) -> bool:
    """Tell whether any worker can read the health parts; recovery alone would help nobody to it."""
    return any(slot.sealed_health_part for slot in file.slots)


def _part_for(vault: OpenVault, file: SlotFile) -> bytes | None:
    """Return the health part for a new health worker, None when she must wait for it."""
    if vault.unlocked.health_part is not None:
        return vault.unlocked.health_part
    return None if _holds_health(file) else secrets.token_bytes(SECRET_BYTES)


def _with_part_for_recovery(file: SlotFile, part: bytes | None) -> SlotFile:
    if file.recovery is None or part is None:
        return file
    changed = recovery_slot.with_health_part(file.recovery, file.vault_id, part)
    return msgspec.structs.replace(file, recovery=changed)


def _require_way_without_key_file(file: SlotFile) -> None:
    if file.recovery is None and all(slot.header.key_file for slot in file.slots):
        raise KeyFileOnlyWayError
