"""The keys of an open vault: two random secrets, and everything else derived from both together.

The data key is sealed to each slot's public key, which anyone who holds the slot file can do. The vault secret lies
only inside what the passphrase wraps. Deriving from both means that a whole vault put in place by someone else does not
open, even if its data key was sealed to the worker's own public key.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32


@dataclass(frozen=True)
class VaultKeys:
    """Random secrets of one vault; never shown, never logged."""

    data_key: bytes = field(repr=False)
    vault_secret: bytes = field(repr=False)

    def database_key(self) -> bytes:
        """Return the 32 raw key bytes of the database."""
        return self._derive(b"outreach-vault/1 database")

    def anchor_key(self) -> bytes:
        """Return the key that authenticates the anchors."""
        return self._derive(b"outreach-vault/1 anchor")

    def slots_key(self) -> bytes:
        """Return the key that authenticates the slot file."""
        return self._derive(b"outreach-vault/1 slots")

    def health_key(self, random_part: bytes) -> bytes:
        """Return the key of the health block from the part sealed to health workers."""
        return derive_key(random_part, self.vault_secret, b"outreach-vault/1 health")

    def _derive(self, purpose: bytes) -> bytes:
        return derive_key(self.data_key, self.vault_secret, purpose)


def new_keys() -> VaultKeys:
    """Return fresh secrets from the system's random source."""
    return VaultKeys(secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(SECRET_BYTES))


def derive_key(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes by HKDF-SHA256."""
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=salt, info=purpose).derive(secret)
