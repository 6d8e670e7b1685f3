"""The recovery slot: two of three custodians open it, one never, and nothing without the device share."""

import itertools

import msgspec
import pytest

from outreach_app.errors import BugError
from outreach_app.vault import key_pair, recovery_slot
from outreach_app.vault.errors import VaultDamagedError
from outreach_app.vault.keys import new_keys
from outreach_app.vault.recovery_slot import (
    PAIRS,
    RecoveryRequest,
    RecoverySlot,
    halves_info,
    join_halves,
    make_recovery_slot,
    open_recovery,
    slot_head,
)
from tests.support.custodians import CUSTODIANS, CUSTODIANS_DOCUMENT, DEVICE, VAULT_ID
from tests.support.custodians import recovery_slot as new_slot

HEALTH = bytes(range(32))
OTHER_HEALTH = bytes(range(32, 64))


def freed(slot: RecoverySlot, custodian: int) -> bytes:
    halves = CUSTODIANS[custodian].unseal(slot.sealed_halves[custodian], halves_info(slot_head(slot, VAULT_ID)))
    assert halves is not None
    return halves


def secret_of(slot: RecoverySlot, pair: tuple[int, int] = (0, 1)) -> bytes:
    return join_halves({place: freed(slot, place) for place in pair})


@pytest.mark.parametrize("pair", PAIRS)
def test_each_pair_of_custodians_opens_it(pair: tuple[int, int]) -> None:
    keys = new_keys()
    recovered = open_recovery(new_slot(keys, health=HEALTH), VAULT_ID, b"no secret" * 3)
    assert recovered is None
    slot = new_slot(keys, health=HEALTH)
    recovered = open_recovery(slot, VAULT_ID, secret_of(slot, pair))
    assert recovered is not None
    assert (recovered.keys, recovered.health_part) == (keys, HEALTH)
    assert (recovered.next_keys, recovered.next_health) == (None, None)


def test_one_custodian_alone_never_opens_it() -> None:
    slot = new_slot()
    for custodian in range(3):
        halves = freed(slot, custodian)
        first, second = halves[:32], halves[32:]
        both = bytes(a ^ b for a, b in zip(first, second, strict=True))
        assert not any(open_recovery(slot, VAULT_ID, guess) for guess in (first, second, both, bytes(32)))


def test_halves_of_two_slots_do_not_go_together() -> None:
    one, other = new_slot(), new_slot()
    mixed = join_halves({0: freed(one, 0), 1: freed(other, 1)})
    assert open_recovery(one, VAULT_ID, mixed) is None
    assert open_recovery(other, VAULT_ID, mixed) is None


def test_the_secret_is_useless_without_the_device_share() -> None:
    slot = new_slot()
    elsewhere = msgspec.structs.replace(slot, device_share=bytes(32))
    assert open_recovery(elsewhere, VAULT_ID, secret_of(slot)) is None


@pytest.mark.parametrize("change", [{"device": "aa" * 16}, {"made_at": "2027"}, {"custodian_keys": ("1", "2", "3")}])
def test_what_the_slot_says_of_itself_cannot_be_changed(change: dict[str, object]) -> None:
    slot = new_slot()
    assert open_recovery(msgspec.structs.replace(slot, **change), VAULT_ID, secret_of(slot)) is None
    assert open_recovery(slot, "ff" * 16, secret_of(slot)) is None


def test_halves_are_bound_to_their_slot() -> None:
    slot, other = new_slot(), new_slot()
    assert CUSTODIANS[0].unseal(slot.sealed_halves[0], halves_info(slot_head(other, VAULT_ID))) is None


def test_a_new_data_key_is_sealed_without_the_secret() -> None:
    keys, later = new_keys(), new_keys()
    slot = recovery_slot.with_next_key(new_slot(keys, health=HEALTH), VAULT_ID, later.data_key)
    recovered = open_recovery(slot, VAULT_ID, secret_of(slot))
    assert recovered is not None
    assert recovered.next_keys is not None
    assert recovered.keys == keys
    assert recovered.next_keys.data_key == later.data_key
    assert recovered.next_keys.vault_secret == keys.vault_secret
    settled = open_recovery(recovery_slot.with_next_in_force(slot), VAULT_ID, secret_of(slot))
    assert settled is not None
    assert (settled.keys.data_key, settled.next_keys, settled.health_part) == (later.data_key, None, HEALTH)


def test_a_new_health_part_is_sealed_without_the_secret() -> None:
    slot = recovery_slot.with_next_health(new_slot(health=HEALTH), VAULT_ID, OTHER_HEALTH)
    recovered = open_recovery(slot, VAULT_ID, secret_of(slot))
    assert recovered is not None
    assert (recovered.health_part, recovered.next_health) == (HEALTH, OTHER_HEALTH)
    settled = open_recovery(recovery_slot.with_next_in_force(slot), VAULT_ID, secret_of(slot))
    assert settled is not None
    assert (settled.health_part, settled.next_health) == (OTHER_HEALTH, None)


def test_without_a_health_worker_there_is_no_health_part() -> None:
    slot = new_slot()
    recovered = open_recovery(slot, VAULT_ID, secret_of(slot))
    assert recovered is not None
    assert recovered.health_part is None
    assert recovery_slot.with_next_in_force(slot) == slot


@pytest.mark.parametrize("field", ["sealed_data_key", "sealed_health_part"])
def test_damage_behind_the_right_secret_is_told_as_damage(field: str) -> None:
    slot = new_slot(health=HEALTH)
    damaged = msgspec.structs.replace(slot, **{field: bytes(1200)})
    with pytest.raises(VaultDamagedError):
        open_recovery(damaged, VAULT_ID, secret_of(slot))


def test_a_slot_that_holds_less_than_it_should_is_told_as_damage() -> None:
    slot, keys = new_slot(), new_keys()
    secret, head = secret_of(slot), slot_head(slot, VAULT_ID)
    short = recovery_slot._wrap(secret, slot.device_share, head, keys.vault_secret)
    for damaged in (msgspec.structs.replace(slot, wrapped_private=short), msgspec.structs.replace(slot, sealed_data_key=b"")):
        with pytest.raises(VaultDamagedError):
            open_recovery(damaged, VAULT_ID, secret)


def test_a_slot_cut_short_does_not_open() -> None:
    slot = new_slot()
    cut = msgspec.structs.replace(slot, wrapped_private=b"short")
    assert open_recovery(cut, VAULT_ID, secret_of(slot)) is None


def test_three_different_custodians_are_needed() -> None:
    anna, bo, _ = CUSTODIANS_DOCUMENT.for_slot()
    for custodians in ((anna, bo), (anna, bo, anna)):
        with pytest.raises(BugError):
            make_recovery_slot(RecoveryRequest(VAULT_ID, DEVICE, "now", custodians), new_keys(), None)


@pytest.mark.parametrize(
    "change",
    [
        {"custodian_keys": ("1", "1", "2")},
        {"public_key": b"short"},
        {"device_share": b""},
        {"sealed_data_key": b""},
        {"wrapped_private": b""},
        {"sealed_halves": (b"1", b"", b"3")},
    ],
)
def test_a_slot_of_another_shape_is_not_sound(change: dict[str, object]) -> None:
    assert recovery_slot.is_sound(new_slot())
    assert not recovery_slot.is_sound(msgspec.structs.replace(new_slot(), **change))


def test_every_slot_has_a_secret_of_its_own() -> None:
    keys = new_keys()
    slots = [new_slot(keys) for _ in range(3)]
    assert not any(open_recovery(a, VAULT_ID, secret_of(b)) for a, b in itertools.permutations(slots, 2))


def test_a_cut_or_foreign_message_is_not_unsealed() -> None:
    pair, other = key_pair.new_pair(), key_pair.new_pair()
    sealed = key_pair.seal(pair.public, b"text", b"info")
    assert key_pair.unseal(pair.private, sealed, b"info") == b"text"
    assert key_pair.unseal(other.private, sealed, b"info") is None
    assert key_pair.unseal(pair.private, sealed, b"other") is None
    assert key_pair.unseal(pair.private, sealed[:100], b"info") is None
    assert pair.private.hex() not in repr(pair)
