"""Puts the health blocks under a fresh health part after a health worker has left.

Only a health worker can: whoever else removes one leaves a mark in the slot file, and the next health worker who opens
the vault does it. The slot file carries both parts until all blocks are sealed anew, which is one transaction; the
number of the part, inside the vault, says which of the two is in force.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import msgspec

from outreach_app.errors import KnownError
from outreach_app.vault import meta, recovery_slot, slot_change
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import HealthBlockError
from outreach_app.vault.health import HealthCipher
from outreach_app.vault.keys import SECRET_BYTES
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import with_next_health

Again = Callable[[bytes, bytes], bytes]  # a sealed block and its context; returns the block sealed anew
Reseal = Callable[[Connection, Again], None]  # puts every block there is through it


def renewal_due(vault: OpenVault) -> bool:
    """Tell whether a health worker has left and the one at work can put the blocks under a fresh part."""
    return vault.unlocked.health_part is not None and slot_change.current(vault).health_due


def renew_health(vault: OpenVault, reseal: Reseal) -> None:
    """Seal every health block under a fresh part; does nothing when it is not due.

    Backups made before are still under the old part; see ``renew_backups``.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError, CancelledError: the old part stays.
    """
    old = vault.health
    if old is None or not renewal_due(vault):
        return
    part, file = secrets.token_bytes(SECRET_BYTES), slot_change.current(vault)
    new = HealthCipher(vault.unlocked.keys.health_key(part))
    slot_change.publish(vault, _with_both(file, part))
    with vault.transaction() as connection:
        reseal(connection, lambda block, context: _sealed_anew(old, new, block, context))
        meta.write_health_generation(connection, file.health_generation + 1)
        vault.audit("health_renewed")
    vault.use(replace(vault.unlocked, health_part=part))
    with suppress(KnownError):  # the number inside the vault decides; settled at the next opening or change
        slot_change.publish(vault, slot_change.current(vault))


def _with_both(file: SlotFile, part: bytes) -> SlotFile:
    slots = [with_next_health(slot, part) if slot.sealed_health_part else slot for slot in file.slots]
    recovery = file.recovery
    if recovery is not None:
        recovery = recovery_slot.with_next_health(recovery, file.vault_id, part)
    return msgspec.structs.replace(file, slots=tuple(slots), recovery=recovery)


def _sealed_anew(old: HealthCipher, new: HealthCipher, block: bytes, context: bytes) -> bytes:
    try:
        return new.seal(old.open(block, context), context)
    except HealthBlockError:  # of a part that was given up; nobody can read it, and it stays as it is
        return block
