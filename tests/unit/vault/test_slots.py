"""A slot gives its keys to who knows the passphrase, and to nobody who changed it."""

from __future__ import annotations

import msgspec
import pytest

from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.errors import UnsafeCostError, VaultDamagedError, WrongPassphraseError
from outreach_app.vault.keys import VaultKeys, new_keys
from outreach_app.vault.slots import Slot, SlotRequest, new_slot, unlock_slot
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE

pytestmark = pytest.mark.real_derivation
VAULT_ID, SLOT_ID = "a" * 32, "b" * 32
KEYS = new_keys()
HEALTH_PART = bytes(32)


def slot_of(role: str = "health", keys: VaultKeys = KEYS) -> Slot:
    request = SlotRequest(VAULT_ID, SLOT_ID, role, "2026-03-02T20:00:00+00:00", CHEAP_COST)
    return new_slot(request, PASSPHRASE, keys, HEALTH_PART if role == "health" else None).slot


HEALTH_SLOT = slot_of()


def changed_header(**values: object) -> Slot:
    return msgspec.structs.replace(HEALTH_SLOT, header=msgspec.structs.replace(HEALTH_SLOT.header, **values))


def test_right_passphrase_gives_all_keys() -> None:
    unlocked = unlock_slot(HEALTH_SLOT, PASSPHRASE.upper())
    assert unlocked.keys == KEYS
    assert unlocked.health_part == HEALTH_PART


def test_only_health_workers_hold_the_health_part() -> None:
    slot = slot_of("outreach")
    assert slot.sealed_health_part == b""
    assert unlock_slot(slot, PASSPHRASE).health_part is None


def test_wrong_passphrase_is_said() -> None:
    with pytest.raises(WrongPassphraseError):
        unlock_slot(HEALTH_SLOT, OTHER_PASSPHRASE)


@pytest.mark.parametrize(
    "values",
    [
        {"role": "supervisor"}, {"slot_id": "c" * 32}, {"vault_id": "c" * 32}, {"made_at": ""}, {"salt": bytes(16)},
        {"public_key": bytes(1216)}, {"cost": Argon2Cost(CHEAP_COST.memory_kib + 8, 1, 1)},
    ],
)  # fmt: skip
def test_header_is_bound_to_what_it_protects(values: dict[str, object]) -> None:
    with pytest.raises(WrongPassphraseError):
        unlock_slot(changed_header(**values), PASSPHRASE)


def test_lowered_parameters_are_refused_before_any_work() -> None:
    with pytest.raises(UnsafeCostError):
        unlock_slot(changed_header(cost=Argon2Cost(8, 1, 1)), PASSPHRASE)


@pytest.mark.parametrize("cut", [0, 5, 12, 40, -1])
def test_cut_private_key_does_not_open(cut: int) -> None:
    slot = msgspec.structs.replace(HEALTH_SLOT, wrapped_private=HEALTH_SLOT.wrapped_private[:cut])
    with pytest.raises(WrongPassphraseError):
        unlock_slot(slot, PASSPHRASE)


@pytest.mark.parametrize("part", ["sealed_data_key", "sealed_health_part"])
def test_changed_sealed_keys_are_damage(part: str) -> None:
    sealed = bytearray(getattr(HEALTH_SLOT, part))
    for place in (0, len(sealed) // 2, len(sealed) - 1):
        sealed[place] ^= 1
        with pytest.raises(VaultDamagedError):
            unlock_slot(msgspec.structs.replace(HEALTH_SLOT, **{part: bytes(sealed)}), PASSPHRASE)
        sealed[place] ^= 1


def test_sealed_keys_cannot_change_places() -> None:
    slot = msgspec.structs.replace(HEALTH_SLOT, sealed_data_key=HEALTH_SLOT.sealed_health_part)
    with pytest.raises(VaultDamagedError):
        unlock_slot(slot, PASSPHRASE)


def test_sealed_key_of_a_wrong_length_is_damage() -> None:
    with pytest.raises(VaultDamagedError):
        unlock_slot(slot_of("outreach", VaultKeys(b"short", KEYS.vault_secret)), PASSPHRASE)


def test_wrapped_content_of_a_wrong_length_is_damage() -> None:
    with pytest.raises(VaultDamagedError):
        unlock_slot(slot_of("outreach", VaultKeys(KEYS.data_key, b"short")), PASSPHRASE)


def test_keys_do_not_show() -> None:
    assert KEYS.data_key.hex() not in repr(KEYS)
    assert str(KEYS.data_key) not in repr(unlock_slot(HEALTH_SLOT, PASSPHRASE))


def test_each_purpose_has_its_own_key() -> None:
    keys = {KEYS.database_key(), KEYS.anchor_key(), KEYS.slots_key(), KEYS.health_key(HEALTH_PART)}
    assert len(keys) == 4
    other = VaultKeys(KEYS.data_key, bytes(32))
    assert other.database_key() not in keys
