"""Makes and renews the recovery slot of an open vault; nobody's passphrase and no custodian is needed for that."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from outreach_app.vault import slot_change, slot_file
from outreach_app.vault.errors import NotRecoverableError, RecoveryAnswerWrongError, RecoveryOutdatedError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_slot import (
    Custodian,
    RecoveryRequest,
    RecoverySlot,
    custodians_of,
    make_recovery_slot,
    open_recovery,
    slot_head,
    with_health_part,
    with_next_key,
)
from outreach_app.vault.slot_file import SlotFile


def find_recovery(vault: OpenVault) -> RecoverySlot | None:
    """Return the recovery slot, or None when there is none."""
    return slot_file.read_newest(vault.folder).recovery


def set_recovery(vault: OpenVault, device: str, custodians: Sequence[Custodian]) -> None:
    """Make a recovery slot for these custodians, in place of an earlier one.

    Args:
        vault: open.
        device: the laptop's number at the centre.
        custodians: exactly three.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: nothing was changed.
    """
    file = slot_change.current(vault)
    request = RecoveryRequest(vault.vault_id, device, vault.clock.now().isoformat(), custodians)
    fresh = make_recovery_slot(request, vault.unlocked.keys, vault.unlocked.health_part)
    slot_change.publish(vault, msgspec.structs.replace(file, recovery=fresh), entry=("recovery_set", device))


def renew_recovery(vault: OpenVault, health_part: bytes | None, custodians: Sequence[Custodian] = ()) -> None:
    """Put a new secret in the place of one that was used.

    Args:
        vault: open.
        health_part: what the used recovery slot gave back, so that the new one gives it back, too.
        custodians: exactly three, or none for the same as before.

    Raises:
        NotRecoverableError: there is no recovery slot any more. DiskFullError, ...: nothing was changed.
    """
    file = slot_change.current(vault)
    if file.recovery is None:
        raise NotRecoverableError
    fresh = renewed(vault, file.recovery, health_part, custodians)
    slot_change.publish(vault, msgspec.structs.replace(file, recovery=fresh), entry=("recovery_set", fresh.device))


def renewed(
    vault: OpenVault, used: RecoverySlot, health_part: bytes | None, custodians: Sequence[Custodian] = ()
) -> RecoverySlot:
    """Return a recovery slot with a new secret for the same laptop, and the same custodians unless others are given."""
    people = custodians or custodians_of(used)
    request = RecoveryRequest(vault.vault_id, used.device, vault.clock.now().isoformat(), people)
    return make_recovery_slot(request, vault.unlocked.keys, health_part or vault.unlocked.health_part)


def under_next_key(vault: OpenVault, file: SlotFile, next_key: bytes, *, leaving: str = "") -> RecoverySlot | None:
    """Return the file's recovery slot opening a new data key, too; with a new secret wherever that can be.

    Who leaves may hold an answer that was never used. Only where the new slot could not give back the health part of a
    health worker who stays, the secret stays, too.
    """
    slot = file.recovery
    if slot is None:
        return None
    if not _would_lose_health(vault, file, leaving):
        slot = renewed(vault, slot, None)
    return with_next_key(slot, vault.vault_id, next_key)


def would_lose_health(vault: OpenVault) -> bool:
    """Tell whether a new recovery slot, made now, would not give back the health part of a health worker here."""
    return _would_lose_health(vault, slot_file.read_newest(vault.folder))


def _would_lose_health(vault: OpenVault, file: SlotFile, leaving: str = "") -> bool:
    kept_there = file.recovery is not None and bool(file.recovery.sealed_health_part)
    needed = any(slot.sealed_health_part for slot in file.slots if slot.header.slot_id != leaving)
    return kept_there and needed and vault.unlocked.health_part is None


def prove(vault: OpenVault, head: str, secret: bytes) -> bytes | None:
    """Show that R opens what it should, without using it; returns the health part it gives back, if any.

    Args:
        vault: open.
        head: 64 hex digits that name the recovery slot the secret was asked for.
        secret: R.

    Raises:
        RecoveryOutdatedError: the recovery slot was made anew meanwhile.
        RecoveryAnswerWrongError: the secret does not open it.
    """
    file = slot_change.current(vault)
    if file.recovery is None or slot_head(file.recovery, vault.vault_id).hex() != head:
        raise RecoveryOutdatedError
    recovered = open_recovery(file.recovery, vault.vault_id, secret)
    if recovered is None or recovered.keys != vault.unlocked.keys:
        raise RecoveryAnswerWrongError
    return recovered.health_part


def lacks_health(vault: OpenVault) -> bool:
    """Tell whether a health worker is at work and the recovery slot does not give the health part back yet."""
    slot = find_recovery(vault)
    return slot is not None and vault.unlocked.health_part is not None and not slot.sealed_health_part


def add_health(vault: OpenVault) -> None:
    """Let the recovery slot give back the health part of the health worker at work.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: nothing was changed.
    """
    file, part = slot_change.current(vault), vault.unlocked.health_part
    if file.recovery is not None and part is not None:
        completed = with_health_part(file.recovery, vault.vault_id, part)
        slot_change.publish(
            vault, msgspec.structs.replace(file, recovery=completed), entry=("recovery_set", completed.device)
        )
