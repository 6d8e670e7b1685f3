"""Gives a worker's slot a new passphrase; nobody else's slot is touched."""

from __future__ import annotations

import logging

from outreach_app import logs
from outreach_app.clock import Clock
from outreach_app.errors import KnownError
from outreach_app.vault import meta, slot_file
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.errors import VaultDamagedError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase import require_enough
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Slot, SlotRequest, make_slot, unlock_slot

_log = logging.getLogger(__name__)


def change_passphrase(vault: OpenVault, old: str, new: str, *, clock: Clock, cost: Argon2Cost = DEFAULT) -> None:
    """Replace the passphrase of the slot in use.

    The slot file is written first and decides: from then on only the new passphrase opens the vault. What follows (the
    vault's note of the generation, the second copy) is made good at the next opening if it fails here.

    Raises:
        WrongPassphraseError, WeakPassphraseError, DiskFullError, FolderNotWritableError, DiskFaultError,
        NotEnoughMemoryError, VaultDamagedError: the old passphrase stays.
    """
    require_enough(new)
    file = slot_file.read_newest(vault.folder)
    slot = _own_slot(file, vault.slot_id)
    unlocked = unlock_slot(slot, old)
    slot_file.check_mac(file, unlocked.keys)
    _note_generation(vault, file.generation)  # so that the vault is never two generations behind
    header = slot.header
    request = SlotRequest(header.vault_id, header.slot_id, header.role, clock.now().isoformat(), cost)
    fresh = make_slot(request, new, unlocked.keys, unlocked.health_part)
    slots = [fresh if other.header.slot_id == vault.slot_id else other for other in file.slots]
    changed = slot_file.authenticated(file.vault_id, file.generation + 1, slots, unlocked.keys)
    slot_file.write_older(vault.folder, changed)
    try:
        _note_generation(vault, changed.generation)
        slot_file.write_both(vault.folder, changed)
    except KnownError:
        logs.event(_log, "slot_change_to_be_finished", logging.WARNING)


def _own_slot(file: SlotFile, slot_id: str) -> Slot:
    for slot in file.slots:
        if slot.header.slot_id == slot_id:
            return slot
    raise VaultDamagedError(part="slots")


def _note_generation(vault: OpenVault, generation: int) -> None:
    with vault.transaction() as connection:
        meta.write_slot_generation(connection, generation)
