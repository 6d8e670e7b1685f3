"""Puts the whole vault under a new data key, so that what a worker who left knows opens nothing that is written later.

The slot file carries the old and the new key until a verified copy of the database has taken the old one's place. At
any moment the vault opens with exactly one of them, and the next opening, or change of slots, drops the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress

import msgspec

from outreach_app.errors import KnownError
from outreach_app.vault import slot_change
from outreach_app.vault.copying import Report, copy_database
from outreach_app.vault.keys import SECRET_BYTES, VaultKeys
from outreach_app.vault.layout import REBUILT
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_set import under_next_key
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import with_next_key


def rekey(
    vault: OpenVault,
    *,
    leaving: str = "",
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Encrypt the vault anew; who leaves is not given the new key.

    Args:
        vault: open, no transaction running.
        leaving: id of the slot that ends with the old key.
        progress: told where the copy is, in bytes.
        cancelled: asked often whether to stop, until the copy is whole.

    Raises:
        CancelledError, DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: the old key stays,
        unless the fault came after the new database was put in place; then the vault is closed, and the next opening
        goes on with the new one.
    """
    keys = VaultKeys(secrets.token_bytes(SECRET_BYTES), vault.unlocked.keys.vault_secret)
    slot_change.publish(vault, _with_both(vault, keys, leaving))
    new = vault.folder / REBUILT
    try:
        copy_database(vault, new, key=keys.database_key(), progress=progress, cancelled=cancelled)
    except BaseException:
        with suppress(KnownError):  # on a full disk the next opening does it
            slot_change.publish(vault, slot_change.current(vault))
        raise
    vault.replace_database(new, keys)
    with suppress(KnownError):  # the database decides, not the slot file; settled at the next opening or change
        slot_change.note_rekeyed(vault, leaving)
        slot_change.publish(vault, slot_change.current(vault))


def _with_both(vault: OpenVault, keys: VaultKeys, leaving: str) -> SlotFile:
    file = slot_change.current(vault)
    slots = [slot if slot.header.slot_id == leaving else with_next_key(slot, keys) for slot in file.slots]
    recovery = under_next_key(vault, file, keys.data_key, leaving=leaving)
    return msgspec.structs.replace(file, slots=tuple(slots), recovery=recovery)
