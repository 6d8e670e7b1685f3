"""Encrypts the health block's columns under a key that only health workers' slots hold."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.vault.errors import HealthBlockError

_VERSION = b"\x01"
_NONCE_BYTES = 12


class HealthCipher:
    """AES-256-GCM; the context (such as table, column and row id) binds a block to its place."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Return version byte, nonce and ciphertext of ``plain``."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, _VERSION + context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Return what was sealed under the same context.

        Raises:
            HealthBlockError: damaged, of another version, or moved to another place.
        """
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
            raise HealthBlockError
        try:
            return self._cipher.decrypt(nonce, body, _VERSION + context)
        except InvalidTag as error:
            raise HealthBlockError from error
