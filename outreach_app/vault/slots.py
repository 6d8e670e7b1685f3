"""One worker's way in: a key pair whose private half the passphrase wraps, and the data key sealed to its public half.

So a new data key can be sealed to everyone who stays without asking for anyone's passphrase.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.vault import key_pair
from outreach_app.vault.argon import SALT_BYTES, Argon2Cost, derive
from outreach_app.vault.errors import KeyFileNeededError, VaultDamagedError, WrongPassphraseError
from outreach_app.vault.keys import SECRET_BYTES, VaultKeys, derive_key
from outreach_app.vault.passphrase import normalise

ROLES = ("outreach", "health", "meeting_place", "supervisor")
HEALTH = "health"
_NONCE_BYTES = 12
_DATA_KEY = b"data key"
_HEALTH_PART = b"health part"


class SlotHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What anyone may read of a slot; authenticated together with what it protects.

    ``key_file``: the passphrase opens it together with a key file only.
    """

    vault_id: str
    slot_id: str
    role: str
    made_at: str
    cost: Argon2Cost
    salt: bytes
    public_key: bytes
    key_file: bool = False


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A header; the private key wrapped by the passphrase; the keys sealed to the public key (health may be empty).

    The next keys are there only while the vault changes from one to the other.
    """

    header: SlotHeader
    wrapped_private: bytes
    sealed_data_key: bytes
    sealed_health_part: bytes
    sealed_next_key: bytes = b""
    sealed_next_health: bytes = b""


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
    """What a slot gives to who knows its passphrase.

    ``private`` opens what is sealed to the slot later; the next keys are those of a change that has not ended.
    """

    slot: Slot
    keys: VaultKeys
    health_part: bytes | None = field(repr=False)
    private: bytes = field(default=b"", repr=False)
    next_keys: VaultKeys | None = field(default=None, repr=False)
    next_health: bytes | None = field(default=None, repr=False)


def canonical(value: msgspec.Struct) -> bytes:
    """Return the one JSON form of a struct: sorted keys, no spaces, base64 for bytes."""
    return msgspec.json.encode(value, order="sorted")


def new_slot(
    request: SlotRequest, passphrase: str, keys: VaultKeys, health_part: bytes | None, key_secret: bytes | None = None
) -> Unlocked:
    """Return a new slot for ``passphrase``, opened.

    Args:
        request: ids, role and cost.
        passphrase: as typed; its strength is the caller's matter.
        keys: what the slot opens.
        health_part: given only for the role ``health``.
        key_secret: 32 bytes of a key file that is needed beside the passphrase, or None.

    Raises:
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    pair = key_pair.new_pair()
    header = SlotHeader(
        vault_id=request.vault_id,
        slot_id=request.slot_id,
        role=request.role,
        made_at=request.made_at,
        cost=request.cost,
        salt=os.urandom(SALT_BYTES),
        public_key=pair.public,
        key_file=key_secret is not None,
    )
    key, nonce = _wrapping_key(header, passphrase, key_secret), os.urandom(_NONCE_BYTES)
    slot = Slot(
        header=header,
        wrapped_private=nonce + AESGCM(key).encrypt(nonce, pair.private + keys.vault_secret, canonical(header)),
        sealed_data_key=_seal(header, keys.data_key, _DATA_KEY),
        sealed_health_part=b"",
    )
    if health_part is not None:
        slot = with_health_part(slot, health_part)
    return Unlocked(slot, keys, health_part, pair.private)


def unlock_slot(slot: Slot, passphrase: str, key_secret: bytes | None = None) -> Unlocked:
    """Open a slot.

    Raises:
        KeyFileNeededError: the slot has a key file and none was given; nothing was tried.
        WrongPassphraseError: the passphrase, or the key file, does not unwrap it.
        VaultDamagedError: it does, but what it protects is not whole.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    header = slot.header
    if header.key_file and key_secret is None:
        raise KeyFileNeededError
    key = _wrapping_key(header, passphrase, key_secret if header.key_file else None)
    nonce, body = slot.wrapped_private[:_NONCE_BYTES], slot.wrapped_private[_NONCE_BYTES:]
    try:
        plain = AESGCM(key).decrypt(nonce, body, canonical(header))
    except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
        raise WrongPassphraseError from error
    if len(plain) != key_pair.PRIVATE_BYTES + SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    return opened_slot(slot, plain[: key_pair.PRIVATE_BYTES], plain[key_pair.PRIVATE_BYTES :])


def opened_slot(slot: Slot, private: bytes, vault_secret: bytes) -> Unlocked:
    """Open what is sealed to a slot whose private half is known.

    Raises:
        VaultDamagedError: something was not sealed to this slot, or is not whole.
    """
    if len(private) != key_pair.PRIVATE_BYTES:  # opened by recovery: the slot's own private half stays closed
        raise VaultDamagedError(part="slots")
    data_key = _open(slot, private, slot.sealed_data_key, _DATA_KEY)
    next_key = _open(slot, private, slot.sealed_next_key, _DATA_KEY)
    if data_key is None:
        raise VaultDamagedError(part="slots")
    return Unlocked(
        slot=slot,
        keys=VaultKeys(data_key, vault_secret),
        health_part=_open(slot, private, slot.sealed_health_part, _HEALTH_PART),
        private=private,
        next_keys=None if next_key is None else VaultKeys(next_key, vault_secret),
        next_health=_open(slot, private, slot.sealed_next_health, _HEALTH_PART),
    )


def with_next_key(slot: Slot, keys: VaultKeys) -> Slot:
    """Return the slot opening a new data key beside the old one; needs nobody's passphrase."""
    return msgspec.structs.replace(slot, sealed_next_key=_seal(slot.header, keys.data_key, _DATA_KEY))


def with_health_part(slot: Slot, part: bytes) -> Slot:
    """Return the slot opening the health part, too."""
    return msgspec.structs.replace(slot, sealed_health_part=_seal(slot.header, part, _HEALTH_PART))


def with_next_health(slot: Slot, part: bytes) -> Slot:
    """Return the slot opening a new health part beside the old one."""
    return msgspec.structs.replace(slot, sealed_next_health=_seal(slot.header, part, _HEALTH_PART))


def with_next_in_force(slot: Slot) -> Slot:
    """Return the slot opening only what was next, where there is a next."""
    return msgspec.structs.replace(
        slot,
        sealed_data_key=slot.sealed_next_key or slot.sealed_data_key,
        sealed_health_part=slot.sealed_next_health or slot.sealed_health_part,
        sealed_next_key=b"",
        sealed_next_health=b"",
    )


def without_next(slot: Slot) -> Slot:
    """Return the slot opening only what is in force now."""
    return msgspec.structs.replace(slot, sealed_next_key=b"", sealed_next_health=b"")


def _wrapping_key(header: SlotHeader, passphrase: str, key_secret: bytes | None) -> bytes:
    slow = derive(normalise(passphrase), header.salt, header.cost)
    return slow if key_secret is None else derive_key(slow + key_secret, header.salt, b"outreach-slot/2 key file")


def _seal(header: SlotHeader, plain: bytes, purpose: bytes) -> bytes:
    return key_pair.seal(header.public_key, plain, _info(header, purpose))


def _open(slot: Slot, private: bytes, sealed: bytes, purpose: bytes) -> bytes | None:
    """Return a key sealed to the slot, None when nothing was sealed."""
    if not sealed:
        return None
    plain = key_pair.unseal(private, sealed, _info(slot.header, purpose))
    if plain is None or len(plain) != SECRET_BYTES:
        raise VaultDamagedError(part="slots")
    return plain


def _info(header: SlotHeader, purpose: bytes) -> bytes:
    return b"outreach-slot/1 " + purpose + b" " + hashlib.sha256(canonical(header)).digest()
