"""One worker's way in: a key pair whose private half the passphrase wraps, and the data key sealed to its public half.

So a new data key can be sealed to everyone who stays without asking for anyone's passphrase.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.vault.argon import SALT_BYTES, Argon2Cost, derive
from outreach_app.vault.errors import VaultDamagedError, WrongPassphraseError
from outreach_app.vault.keys import SECRET_BYTES, VaultKeys
from outreach_app.vault.passphrase import normalise

ROLES = ("outreach", "health", "meeting_place", "supervisor")
HEALTH = "health"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_NONCE_BYTES = 12
_MLKEM_SEED_BYTES = 64
_X25519_BYTES = 32
_PRIVATE_BYTES = _MLKEM_SEED_BYTES + _X25519_BYTES


class SlotHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What anyone may read of a slot; authenticated together with what it protects."""

    vault_id: str
    slot_id: str
    role: str
    made_at: str
    cost: Argon2Cost
    salt: bytes
    public_key: bytes


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A header; the private key wrapped by the passphrase; the keys sealed to the public key (health may be empty)."""

    header: SlotHeader
    wrapped_private: bytes
    sealed_data_key: bytes
    sealed_health_part: bytes


@dataclass(frozen=True)
class SlotRequest:
    """What a new slot is to be."""

    vault_id: str
    slot_id: str
    role: str
    made_at: str
    cost: Argon2Cost


@dataclass(frozen=True)
class Unlocked:
    """What a slot gives to who knows its passphrase."""

    slot: Slot
    keys: VaultKeys
    health_part: bytes | None = field(repr=False)


def canonical(value: msgspec.Struct) -> bytes:
    """Return the one JSON form of a struct: sorted keys, no spaces, base64 for bytes."""
    return msgspec.json.encode(value, order="sorted")


def make_slot(request: SlotRequest, passphrase: str, keys: VaultKeys, health_part: bytes | None) -> Slot:
    """Return a new slot for ``passphrase``.

    Args:
        request: ids, role and cost.
        passphrase: as typed; its strength is the caller's matter.
        keys: what the slot opens.
        health_part: given only for the role ``health``.

    Raises:
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    header = SlotHeader(
        vault_id=request.vault_id,
        slot_id=request.slot_id,
        role=request.role,
        made_at=request.made_at,
        cost=request.cost,
        salt=os.urandom(SALT_BYTES),
        public_key=mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw(),
    )
    private = mlkem.private_bytes_raw() + x25519.private_bytes_raw()
    return Slot(
        header=header,
        wrapped_private=_wrap(header, passphrase, private + keys.vault_secret),
        sealed_data_key=_seal(header, keys.data_key, b"data key"),
        sealed_health_part=_seal(header, health_part, b"health part") if health_part is not None else b"",
    )


def unlock_slot(slot: Slot, passphrase: str) -> Unlocked:
    """Open a slot.

    Raises:
        WrongPassphraseError: the passphrase does not unwrap it.
        VaultDamagedError: it does, but what it protects is not whole.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    header = slot.header
    key = derive(normalise(passphrase), header.salt, header.cost)
    nonce, body = slot.wrapped_private[:_NONCE_BYTES], slot.wrapped_private[_NONCE_BYTES:]
    try:
        plain = AESGCM(key).decrypt(nonce, body, canonical(header))
    except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
        raise WrongPassphraseError from error
    if len(plain) != _PRIVATE_BYTES + SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    private, vault_secret = plain[:_PRIVATE_BYTES], plain[_PRIVATE_BYTES:]
    data_key = _open(header, private, slot.sealed_data_key, b"data key")
    health = _open(header, private, slot.sealed_health_part, b"health part") if slot.sealed_health_part else None
    return Unlocked(slot, VaultKeys(data_key, vault_secret), health)


def _wrap(header: SlotHeader, passphrase: str, private: bytes) -> bytes:
    key = derive(normalise(passphrase), header.salt, header.cost)
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, private, canonical(header))


def _seal(header: SlotHeader, plain: bytes, purpose: bytes) -> bytes:
    mlkem = MLKEM768PublicKey.from_public_bytes(header.public_key[:-_X25519_BYTES])
    x25519 = X25519PublicKey.from_public_bytes(header.public_key[-_X25519_BYTES:])
    return _SUITE.encrypt(plain, hpke.MLKEM768X25519PublicKey(mlkem, x25519), info=_info(header, purpose))


def _open(header: SlotHeader, private: bytes, sealed: bytes, purpose: bytes) -> bytes:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED_BYTES])
    x25519 = X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED_BYTES:])
    try:
        plain = _SUITE.decrypt(sealed, hpke.MLKEM768X25519PrivateKey(mlkem, x25519), info=_info(header, purpose))
    except InvalidTag as error:
        raise VaultDamagedError(part="slots") from error
    if len(plain) != SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    return plain


def _info(header: SlotHeader, purpose: bytes) -> bytes:
    return b"outreach-slot/1 " + purpose + b" " + hashlib.sha256(canonical(header)).digest()
