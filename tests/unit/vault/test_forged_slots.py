"""Slot files forged by someone who holds the folder but no passphrase: none of them opens anything."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from outreach_app.errors import KnownError
from outreach_app.vault import slot_file
from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.errors import UnsafeCostError, VaultDamagedError, WrongPassphraseError
from outreach_app.vault.keys import VaultKeys, new_keys
from outreach_app.vault.slots import SlotRequest, canonical, new_slot
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, Template, reopened


def refused(template: Template, folder: Path, kind: type[KnownError]) -> str:
    """Opening is refused with this answer and changes neither slots nor database."""
    names = (*slot_file.NAMES, "vault.db")
    before = [(folder / name).read_bytes() for name in names]
    with pytest.raises(kind) as caught:
        reopened(folder, template.migrations)
    assert [(folder / name).read_bytes() for name in names] == before
    return str(caught.value)


def forged_slots(template: Template, folder: Path, keys: VaultKeys, **header: object) -> None:
    """Write slot files as someone could who holds the folder but no passphrase."""
    slot = template.file.slots[0]
    changed = msgspec.structs.replace(slot, header=msgspec.structs.replace(slot.header, **header))
    file = slot_file.authenticated(template.file.vault_id, 1, [changed], keys)
    for name in slot_file.NAMES:
        (folder / name).write_bytes(canonical(file))


def test_lowered_parameters_are_refused(template: Template, folder: Path) -> None:
    forged_slots(template, folder, new_keys(), cost=Argon2Cost(1024, 1, 1))
    assert "too weak" in refused(template, folder, UnsafeCostError)


def test_absurd_parameters_are_refused(template: Template, folder: Path) -> None:
    forged_slots(template, folder, new_keys(), cost=Argon2Cost(1 << 30, 1, 1))
    refused(template, folder, UnsafeCostError)


def test_raised_role_does_not_open(template: Template, folder: Path) -> None:
    forged_slots(template, folder, new_keys(), role="supervisor")
    refused(template, folder, WrongPassphraseError)


def test_slots_without_a_valid_mac_are_damage(template: Template, folder: Path) -> None:
    forged_slots(template, folder, new_keys())
    refused(template, folder, VaultDamagedError)


def test_whole_vault_exchanged_under_the_same_public_key_does_not_open(
    template: Template, folder: Path
) -> None:
    """Someone seals a data key of his own to the worker's public key and builds a vault around it."""
    his = new_keys()
    header = template.file.slots[0].header
    request = SlotRequest(header.vault_id, header.slot_id, header.role, header.made_at, CHEAP_COST)
    sealed_with_his_key = new_slot(request, OTHER_PASSPHRASE, his, None).slot
    mixed = msgspec.structs.replace(template.file.slots[0], sealed_data_key=sealed_with_his_key.sealed_data_key)
    file = slot_file.authenticated(header.vault_id, 1, [mixed], his)
    for name in slot_file.NAMES:
        (folder / name).write_bytes(canonical(file))
    refused(template, folder, VaultDamagedError)
