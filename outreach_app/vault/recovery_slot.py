"""The way back after a forgotten passphrase: a slot that opens with a secret which only two of three custodians free.

The secret R is random. For each pair of custodians it is split in two halves that say nothing alone (one is random, the
other is R xor the first); each custodian's halves are sealed to that custodian's key and lie in the slot file. Whoever
collects the halves of a pair has R, and R is useless without the device share, which never leaves the laptop.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.errors import BugError
from outreach_app.vault import key_pair
from outreach_app.vault.errors import VaultDamagedError
from outreach_app.vault.keys import SECRET_BYTES, VaultKeys, derive_key

CUSTODIANS = 3
PAIRS = ((0, 1), (0, 2), (1, 2))
HALVES_BYTES = 2 * SECRET_BYTES  # each custodian stands in two pairs
_NONCE_BYTES = 12


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who can help (ids and public keys), the slot's own public key, what R and the device share open, what it opens.

    ``device`` is the laptop's number at the centre. ``sealed_halves`` are in the order of ``custodian_keys``.
    """

    made_at: str
    device: str
    custodian_keys: tuple[str, str, str]
    custodian_publics: tuple[bytes, bytes, bytes]
    public_key: bytes
    device_share: bytes
    wrapped_private: bytes
    sealed_halves: tuple[bytes, bytes, bytes]
    sealed_data_key: bytes
    sealed_next_key: bytes = b""
    sealed_health_part: bytes = b""
    sealed_next_health: bytes = b""


@dataclass(frozen=True)
class Custodian:
    """The public half of one custodian's key: its id and its 1216 bytes."""

    key_id: str
    public_key: bytes


@dataclass(frozen=True)
class RecoveryRequest:
    """What a new recovery slot is for."""

    vault_id: str
    device: str
    made_at: str
    custodians: Sequence[Custodian]


@dataclass(frozen=True)
class Recovered:
    """What R gave back. ``next_keys`` and ``next_health`` are there only while a new data key is being put in place."""

    keys: VaultKeys
    next_keys: VaultKeys | None
    health_part: bytes | None = field(repr=False)
    next_health: bytes | None = field(repr=False)


class _Head(msgspec.Struct, frozen=True):
    """What every part of a recovery slot is bound to; the public key makes it one of a kind."""

    vault_id: str
    made_at: str
    device: str
    custodian_keys: tuple[str, str, str]
    public_key: bytes


def make_recovery_slot(request: RecoveryRequest, keys: VaultKeys, health_part: bytes | None) -> RecoverySlot:
    """Return a new recovery slot with a new R; R itself is forgotten at once.

    Args:
        request: vault, laptop, time, and exactly three custodians with different keys.
        keys: what the slot opens.
        health_part: when the one who makes it has it.
    """
    if [len(request.custodians), len({custodian.key_id for custodian in request.custodians})] != [CUSTODIANS] * 2:
        raise BugError("a recovery slot needs three different custodians")
    first, second, third = request.custodians
    names = (first.key_id, second.key_id, third.key_id)
    pair, secret, share = key_pair.new_pair(), secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(SECRET_BYTES)
    head = _digest(_Head(request.vault_id, request.made_at, request.device, names, pair.public))
    sealed = [
        key_pair.seal(custodian.public_key, halves, halves_info(head))
        for custodian, halves in zip(request.custodians, _split(secret), strict=True)
    ]
    slot = RecoverySlot(
        made_at=request.made_at,
        device=request.device,
        custodian_keys=names,
        custodian_publics=(first.public_key, second.public_key, third.public_key),
        public_key=pair.public,
        device_share=share,
        wrapped_private=_wrap(secret, share, head, pair.private + keys.vault_secret),
        sealed_halves=(sealed[0], sealed[1], sealed[2]),
        sealed_data_key=key_pair.seal(pair.public, keys.data_key, _info(head, b"data key")),
    )
    return slot if health_part is None else with_health_part(slot, request.vault_id, health_part)


def open_recovery(slot: RecoverySlot, vault_id: str, secret: bytes) -> Recovered | None:
    """Return what the slot protects, or None when ``secret`` is not its R.

    Raises:
        VaultDamagedError: the secret is right, but what it opens is not whole.
    """
    head = slot_head(slot, vault_id)
    nonce, body = slot.wrapped_private[:_NONCE_BYTES], slot.wrapped_private[_NONCE_BYTES:]
    try:
        plain = AESGCM(_wrapping_key(secret, slot.device_share, head)).decrypt(nonce, body, head)
    except (InvalidTag, ValueError):  # ValueError: cut shorter than a nonce
        return None
    private, vault_secret = plain[: key_pair.PRIVATE_BYTES], plain[key_pair.PRIVATE_BYTES :]
    if len(plain) != key_pair.PRIVATE_BYTES + SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    data_key = _open(private, head, slot.sealed_data_key, b"data key")
    next_key = _open(private, head, slot.sealed_next_key, b"data key")
    if data_key is None:
        raise VaultDamagedError(part="slots")
    return Recovered(
        VaultKeys(data_key, vault_secret),
        None if next_key is None else VaultKeys(next_key, vault_secret),
        _open(private, head, slot.sealed_health_part, b"health part"),
        _open(private, head, slot.sealed_next_health, b"health part"),
    )


def custodians_of(slot: RecoverySlot) -> tuple[Custodian, ...]:
    """Return whom the slot was made for."""
    return tuple(map(Custodian, slot.custodian_keys, slot.custodian_publics))


def with_next_key(slot: RecoverySlot, vault_id: str, data_key: bytes) -> RecoverySlot:
    """Return the slot opening a new data key beside the old one; needs nobody's secret."""
    sealed = key_pair.seal(slot.public_key, data_key, _info(slot_head(slot, vault_id), b"data key"))
    return msgspec.structs.replace(slot, sealed_next_key=sealed)


def with_next_in_force(slot: RecoverySlot) -> RecoverySlot:
    """Return the slot opening only the new data key (and health part, when there is a new one)."""
    return msgspec.structs.replace(
        slot,
        sealed_data_key=slot.sealed_next_key or slot.sealed_data_key,
        sealed_next_key=b"",
        sealed_health_part=slot.sealed_next_health or slot.sealed_health_part,
        sealed_next_health=b"",
    )


def with_health_part(slot: RecoverySlot, vault_id: str, part: bytes) -> RecoverySlot:
    """Return the slot giving back the health part, too."""
    return msgspec.structs.replace(slot, sealed_health_part=_seal_health(slot, vault_id, part))


def with_next_health(slot: RecoverySlot, vault_id: str, part: bytes) -> RecoverySlot:
    """Return the slot giving back a new health part beside the old one."""
    return msgspec.structs.replace(slot, sealed_next_health=_seal_health(slot, vault_id, part))


def slot_head(slot: RecoverySlot, vault_id: str) -> bytes:
    """Return the 32 bytes that stand for this one recovery slot of this one vault."""
    return _digest(_Head(vault_id, slot.made_at, slot.device, slot.custodian_keys, slot.public_key))


def halves_info(head: bytes) -> bytes:
    """Return what a custodian's halves are bound to."""
    return b"outreach-recovery-halves/1 " + head


def join_halves(halves: Mapping[int, bytes]) -> bytes:
    """Return R from what two custodians gave, each named by the place of the key in the slot.

    Args:
        halves: exactly two entries of 64 bytes.
    """
    first, second = pair = tuple(sorted(halves))
    ours = [halves[place][_place_in(place, pair) :][:SECRET_BYTES] for place in (first, second)]
    return _xor(ours[0], ours[1])


def is_sound(slot: RecoverySlot) -> bool:
    """Tell whether every part has the size it must have."""
    return (
        len(set(slot.custodian_keys)) == CUSTODIANS
        and all(len(public) == key_pair.PUBLIC_BYTES for public in (slot.public_key, *slot.custodian_publics))
        and len(slot.device_share) == SECRET_BYTES
        and all((slot.sealed_data_key, slot.wrapped_private, *slot.sealed_halves))
    )


def _split(secret: bytes) -> list[bytes]:
    """Return for each custodian the two halves for the pairs that custodian stands in, in the order of ``PAIRS``."""
    mine: list[bytes] = [b"", b"", b""]
    for first, second in PAIRS:
        half = secrets.token_bytes(SECRET_BYTES)
        mine[first] += half
        mine[second] += _xor(secret, half)
    return mine


def _place_in(custodian: int, pair: tuple[int, ...]) -> int:
    """Return where in a custodian's 64 bytes the half for this pair begins."""
    return [other for other in PAIRS if custodian in other].index((pair[0], pair[1])) * SECRET_BYTES


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _wrap(secret: bytes, share: bytes, head: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_wrapping_key(secret, share, head)).encrypt(nonce, plain, head)


def _wrapping_key(secret: bytes, share: bytes, head: bytes) -> bytes:
    return derive_key(secret + share, head, b"outreach-recovery/1 wrap")


def _seal_health(slot: RecoverySlot, vault_id: str, part: bytes) -> bytes:
    return key_pair.seal(slot.public_key, part, _info(slot_head(slot, vault_id), b"health part"))


def _open(private: bytes, head: bytes, sealed: bytes, purpose: bytes) -> bytes | None:
    if not sealed:
        return None
    plain = key_pair.unseal(private, sealed, _info(head, purpose))
    if plain is None or len(plain) != SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    return plain


def _info(head: bytes, purpose: bytes) -> bytes:
    return b"outreach-recovery/1 " + purpose + b" " + head


def _digest(head: _Head) -> bytes:
    return hashlib.sha256(b"outreach-recovery-head/1 " + msgspec.json.encode(head, order="sorted")).digest()
