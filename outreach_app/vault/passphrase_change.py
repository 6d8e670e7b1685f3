"""Gives a worker's slot a new passphrase; nobody else's slot is touched."""

from __future__ import annotations

from outreach_app.clock import Clock
from outreach_app.vault import slot_change
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.key_file import read_key_file
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase import require_enough
from outreach_app.vault.slots import SlotRequest, new_slot, unlock_slot


def change_passphrase(
    vault: OpenVault, old: str, new: str, *, clock: Clock, cost: Argon2Cost = DEFAULT, key_file: bytes | None = None
) -> None:
    """Replace the passphrase of the slot in use; a key file stays.

    The slot file is written first and decides: from then on only the new passphrase opens the vault. What follows (the
    vault's note of the generation, the other copies) is made good at the next opening if it fails here.

    Args:
        vault: open.
        old: as typed.
        new: as typed; must be strong enough.
        clock: dates the slot.
        cost: of the slow key derivation.
        key_file: content of the worker's key file, if she has one.

    Raises:
        WrongPassphraseError, KeyFileNeededError, KeyFileError, WeakPassphraseError, DiskFullError,
        FolderNotWritableError, DiskFaultError, NotEnoughMemoryError, VaultDamagedError: the old passphrase stays.
    """
    require_enough(new)
    secret = None if key_file is None else read_key_file(key_file)
    file = slot_change.current(vault)
    own = unlock_slot(slot_change.find_slot(file, vault.slot_id), old, secret)
    header = own.slot.header
    request = SlotRequest(header.vault_id, header.slot_id, header.role, clock.now().isoformat(), cost)
    fresh = new_slot(request, new, vault.unlocked.keys, own.health_part, secret if header.key_file else None)
    changed = slot_change.with_slot(file, fresh.slot)
    slot_change.publish_own(vault, changed, fresh, entry=("passphrase_changed", vault.slot_id))
