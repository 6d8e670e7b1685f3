"""One-recipient sealing inside the vault's files: HPKE with X-Wing (ML-KEM-768 and X25519), keys as plain bytes.

A public key has 1216 bytes (ML-KEM-768, then X25519), a private one 96 (the ML-KEM seed, then X25519).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

PUBLIC_BYTES = 1184 + 32
PRIVATE_BYTES = 64 + 32
_CURVE_BYTES = 32
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True)
class KeyPair:
    """A fresh pair; the private half is never shown."""

    public: bytes
    private: bytes = field(repr=False)


def new_pair() -> KeyPair:
    """Make a new pair."""
    mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    return KeyPair(
        mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw(),
        mlkem.private_bytes_raw() + x25519.private_bytes_raw(),
    )


def seal(public: bytes, plain: bytes, info: bytes) -> bytes:
    """Seal ``plain`` to a public key of 1216 bytes, bound to ``info``; ValueError for anything that is no key."""
    mlkem = MLKEM768PublicKey.from_public_bytes(public[:-_CURVE_BYTES])
    x25519 = X25519PublicKey.from_public_bytes(public[-_CURVE_BYTES:])
    return _SUITE.encrypt(plain, hpke.MLKEM768X25519PublicKey(mlkem, x25519), info=info)


def unseal(private: bytes, sealed: bytes, info: bytes) -> bytes | None:
    """Return what was sealed, or None when it is for another key, bound to other ``info``, or changed."""
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:-_CURVE_BYTES])
    x25519 = X25519PrivateKey.from_private_bytes(private[-_CURVE_BYTES:])
    try:
        return _SUITE.decrypt(sealed, hpke.MLKEM768X25519PrivateKey(mlkem, x25519), info=info)
    except (InvalidTag, ValueError):  # ValueError: cut shorter than a sealed message can be
        return None
