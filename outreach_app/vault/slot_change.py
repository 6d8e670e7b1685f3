"""Changes the slot file of an open vault: in force with the first copy written, finished later if need be.

While keys change, a file carries old and next ones; ``current`` shows it as it will be when the change has been settled
by what the database is encrypted under, and whatever is published next settles it for good.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace

import msgspec

from outreach_app import logs
from outreach_app.errors import KnownError
from outreach_app.vault import audit, meta, recovery_slot, slot_file
from outreach_app.vault.errors import VaultDamagedError
from outreach_app.vault.key_pair import new_pair
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Slot, Unlocked, opened_slot, with_next_in_force, without_next

_log = logging.getLogger(__name__)


def current(vault: OpenVault) -> SlotFile:
    """Return the newest slot file, verified and settled.

    Raises:
        VaultDamagedError: no copy is whole, somebody else changed it, or the slot in use is no longer there.
        VaultNewerError: a newer program wrote it.
    """
    file = slot_file.read_newest(vault.folder)
    own = opened_slot(find_slot(file, vault.slot_id), vault.unlocked.private, vault.unlocked.keys.vault_secret)
    slot_file.check_mac(file, own.keys)
    return settled(vault, file, own)


def settled(vault: OpenVault, file: SlotFile, own: Unlocked) -> SlotFile:
    """Return a verified file as it is once a change of keys has ended the way the database says.

    Args:
        vault: open under the old or the next key.
        file: verified with ``own.keys``.
        own: the slot in use as this file has it.
    """
    if own.next_keys is not None and own.next_keys == vault.unlocked.keys:
        return _with_next_keys(file)
    renewed = file.health_generation + 1
    if any(slot.sealed_next_health for slot in file.slots) and _health_generation(vault) == renewed:
        file = msgspec.structs.replace(file, health_generation=renewed, health_due=False, backups_due=True)
        return _with_next_in_force(file)
    return _without_next(file) if is_between(file) else file


def settle(vault: OpenVault, file: SlotFile, own: Unlocked) -> None:
    """At opening: end what a power cut interrupted; on a full disk the next change of slots, or opening, does it.

    Args:
        vault: open under the old or the next key.
        file: verified with ``own.keys``.
        own: the slot in use as this file has it.
    """
    if not is_between(file):
        return
    ended = settled(vault, file, own)
    if own.next_health is not None and ended.health_generation != file.health_generation:
        vault.use(replace(vault.unlocked, health_part=own.next_health))
    left = {slot.header.slot_id for slot in file.slots} - {slot.header.slot_id for slot in ended.slots}
    with suppress(KnownError):
        for slot_id in left:
            note_rekeyed(vault, slot_id)
        publish(vault, ended)


def give_inbox(vault: OpenVault) -> None:
    """Give a vault made before there was an inbox of counts its key pair; does nothing when it has one.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: it stays without.
    """
    file = current(vault)
    if not file.inbox_key:
        pair = new_pair()
        with vault.transaction() as connection:  # the private half first: what is sealed must never be lost
            meta.write_inbox_private(connection, pair.private)
        publish(vault, msgspec.structs.replace(file, inbox_key=pair.public))


def is_between(file: SlotFile) -> bool:
    """Tell whether the file carries next keys."""
    return any(slot.sealed_next_key or slot.sealed_next_health for slot in file.slots)


def find_slot(file: SlotFile, slot_id: str) -> Slot:
    """Return a slot by its id.

    Raises:
        VaultDamagedError: it is not there.
    """
    for slot in file.slots:
        if slot.header.slot_id == slot_id:
            return slot
    raise VaultDamagedError(part="slots")


def with_slot(file: SlotFile, changed: Slot) -> SlotFile:
    """Return the file with one slot put in the place of the one with the same id."""
    slots = [changed if slot.header.slot_id == changed.header.slot_id else slot for slot in file.slots]
    return msgspec.structs.replace(file, slots=tuple(slots))


def publish(vault: OpenVault, file: SlotFile, *, entry: tuple[str, str] = ("", "")) -> None:
    """Write the next generation of the slot file; from the first copy on it is in force.

    What follows (the vault's note of the generation, the other copies) is made good later if it fails here.

    Args:
        vault: open; the MAC is made with the keys it is under.
        file: from ``current``, changed.
        entry: action and subject for the audit, written before: better one entry too many than one too few.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: nothing was changed; or, where the disk failed twice, it
        is in force now and may not be after a power cut.
    """
    changed = slot_file.signed(msgspec.structs.replace(file, generation=file.generation + 1), vault.unlocked.keys)
    _note_generation(vault, file.generation, entry)  # so that the vault is never two generations behind
    _write_first(vault, changed, entry)
    try:
        _note_generation(vault, changed.generation)
        slot_file.write_both(vault.folder, changed)
    except KnownError:
        logs.event(_log, "slot_change_to_be_finished", logging.WARNING)


def note_rekeyed(vault: OpenVault, leaving: str) -> None:
    """Write into the audit that the vault is under a new key, and, once, who was removed with that.

    Args:
        vault: open under the new key.
        leaving: id of the slot that ended with the old key, or nothing.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: nothing was written.
    """
    with vault.transaction() as connection:
        if not leaving:
            vault.audit("rekeyed")
        elif not audit.is_noted(connection, "worker_removed", leaving):  # power may have failed right after it
            vault.audit("worker_removed", leaving)


def publish_own(vault: OpenVault, file: SlotFile, fresh: Unlocked, *, entry: tuple[str, str]) -> None:
    """As ``publish``, where the slot in use was made anew; the vault goes on with it."""
    publish(vault, file, entry=entry)
    vault.use(replace(vault.unlocked, slot=fresh.slot, private=fresh.private))


def _with_next_keys(file: SlotFile) -> SlotFile:
    """The database is under the next key: who was not given it has left."""
    staying = tuple(slot for slot in file.slots if slot.sealed_next_key)
    knew_health = any(slot.sealed_health_part for slot in file.slots if not slot.sealed_next_key)
    file = msgspec.structs.replace(
        file, slots=staying, backups_due=True, health_due=file.health_due or knew_health
    )
    return _with_next_in_force(file)


def _with_next_in_force(file: SlotFile) -> SlotFile:
    recovery = file.recovery
    return msgspec.structs.replace(
        file,
        slots=tuple(with_next_in_force(slot) for slot in file.slots),
        recovery=None if recovery is None else recovery_slot.with_next_in_force(recovery),
    )


def _without_next(file: SlotFile) -> SlotFile:
    recovery = file.recovery
    if recovery is not None:
        recovery = msgspec.structs.replace(recovery, sealed_next_key=b"", sealed_next_health=b"")
    return msgspec.structs.replace(file, slots=tuple(without_next(slot) for slot in file.slots), recovery=recovery)


def _health_generation(vault: OpenVault) -> int:
    with vault.read() as connection:
        return meta.read_health_generation(connection)


def _note_generation(vault: OpenVault, generation: int, entry: tuple[str, str] = ("", "")) -> None:
    with vault.transaction() as connection:
        meta.write_slot_generation(connection, generation)
        if entry[0]:
            vault.audit(*entry)


def _write_first(vault: OpenVault, changed: SlotFile, entry: tuple[str, str]) -> None:
    """Write the first copy; where it is there, and only the sync of its name failed, the second settles the doubt.

    The vault notes the generation only after that: it must never be ahead of every copy a power cut may leave.
    """
    try:
        slot_file.write_older(vault.folder, changed)
    except KnownError:
        if slot_file.read_newest(vault.folder) == changed:
            slot_file.write_older(vault.folder, changed)
            return
        if entry[0]:
            _note_failure(vault, entry)
        raise


def _note_failure(vault: OpenVault, entry: tuple[str, str]) -> None:
    with suppress(KnownError), vault.transaction():
        vault.audit(*entry, "failed")
