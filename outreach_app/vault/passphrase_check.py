"""Asks an open vault once more for its worker's passphrase, before something that cannot be taken back."""

from __future__ import annotations

from outreach_app.vault import slot_change
from outreach_app.vault.key_file import read_key_file
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.slots import unlock_slot


def check_passphrase(vault: OpenVault, passphrase: str, key_file: bytes | None = None) -> None:
    """Return if the passphrase, with the content of the key file where the slot has one, opens the slot in use.

    Raises:
        WrongPassphraseError, KeyFileNeededError, KeyFileError, NotEnoughMemoryError.
    """
    secret = None if key_file is None else read_key_file(key_file)
    unlock_slot(slot_change.find_slot(slot_change.current(vault), vault.slot_id), passphrase, secret)
