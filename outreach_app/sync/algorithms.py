"""The sets of algorithms a batch may be sealed with, by the name its header carries under the signatures.

A name stands for the whole set: how the content key is sealed, how the content is, which signatures are over both. A
new set gets a new name beside the old one; a desk opens what any set in force sealed, a laptop seals with the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

_SEGMENT = 16 << 10  # Cobblestone's segment of plaintext; each adds a tag of 16 bytes, the whole a start of 56


class Algorithms(Protocol):
    """One set; in every set so far X-Wing seals the content key, and Ed25519 and ML-DSA-65 sign."""

    @property
    def name(self) -> str:
        """What the header's ``alg`` says."""
        ...

    def new_key(self) -> bytes:
        """Return a fresh content key of 32 bytes."""
        ...

    def seal(self, content: bytes, key: bytes, binding: bytes) -> bytes:
        """Return the content encrypted and bound to the header."""
        ...

    def open(self, ciphertext: bytes, key: bytes, binding: bytes) -> bytes | None:
        """Return the content, checked to its end, or None when anything does not fit."""
        ...

    def sealed_length(self, content: int) -> int:
        """Return how many bytes the ciphertext of ``content`` bytes has."""
        ...


class Cobblestone256:
    """The set of version 1: X-Wing, Cobblestone-256 (a streaming AEAD), Ed25519 and ML-DSA-65."""

    name = "xwing+cobblestone256+ed25519+mldsa65"

    def new_key(self) -> bytes:
        return Cobblestone256Encryptor.generate_key()

    def seal(self, content: bytes, key: bytes, binding: bytes) -> bytes:
        encryptor = Cobblestone256Encryptor(key, binding)
        return encryptor.update(content) + encryptor.finalize()

    def open(self, ciphertext: bytes, key: bytes, binding: bytes) -> bytes | None:
        decryptor = Cobblestone256Decryptor(key, binding)
        try:
            return decryptor.update(ciphertext) + decryptor.finalize()  # nothing is used before this line ends
        except InvalidTag:
            return None

    def sealed_length(self, content: int) -> int:
        return content + 56 + 16 * (content // _SEGMENT + 1)


NEWEST: Algorithms = Cobblestone256()
IN_FORCE: Mapping[str, Algorithms] = MappingProxyType({NEWEST.name: NEWEST})
"""Every set that may be used; nothing else is read. Taking one out is how a broken one is retired."""
