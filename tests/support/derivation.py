"""The slow step from a passphrase to a key, where a test is not about it: quick, or done once and remembered.

Argon2id takes a fifth of a second at the lowest cost the program accepts, and the tests make and open thousands of
vaults. A test whose vaults come from a release, or are shared with another process, says ``pytest.mark.real_derivation``.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from outreach_app.vault import argon

_Real = argon.Argon2id  # type: ignore[attr-defined]


class QuickDerivation:
    """In the place of Argon2id: another key for another passphrase, salt or cost, at once."""

    def __init__(self, **values: Any) -> None:
        self._values = repr(sorted(values.items())).encode()

    def derive(self, passphrase: bytes) -> bytes:
        return hashlib.sha256(self._values + passphrase).digest()


class RememberedDerivation:
    """The real one, done once for each passphrase and salt: for vaults that were not made here."""

    known: ClassVar[dict[str, bytes]] = {}

    def __init__(self, **values: Any) -> None:
        self._values = values

    def derive(self, passphrase: bytes) -> bytes:
        asked = repr((passphrase, sorted(self._values.items())))
        if asked not in self.known:
            self.known[asked] = _Real(**self._values).derive(passphrase)
        return self.known[asked]


def use(derivation: type) -> None:
    """Let every slot and key file of this process be derived this way from now on."""
    argon.Argon2id = derivation  # type: ignore[assignment,attr-defined]


def use_real() -> None:
    """Let Argon2id itself do it."""
    use(_Real)
