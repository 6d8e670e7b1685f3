"""The slow step from a passphrase to a key: Argon2id with a floor and a ceiling on its parameters."""

from __future__ import annotations

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from outreach_app.vault.errors import NotEnoughMemoryError, UnsafeCostError

SALT_BYTES = 16
KEY_BYTES = 32
FLOOR_KIB = 64 * 1024
CEILING_KIB = 2 * 1024 * 1024
MOST_ITERATIONS = 16
MOST_LANES = 16


class Argon2Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Memory in KiB, passes over it, and lanes."""

    memory_kib: int
    iterations: int
    lanes: int

    def check(self) -> None:
        """Refuse what is too weak or absurd.

        Raises:
            UnsafeCostError: under the floor of 64 MiB, or above the ceiling of 2 GiB, 16 passes, 16 lanes.
        """
        if not FLOOR_KIB <= self.memory_kib <= CEILING_KIB:
            raise UnsafeCostError
        if not (1 <= self.iterations <= MOST_ITERATIONS and 1 <= self.lanes <= MOST_LANES):
            raise UnsafeCostError


FLOOR = Argon2Cost(memory_kib=FLOOR_KIB, iterations=1, lanes=1)
DEFAULT = Argon2Cost(memory_kib=256 * 1024, iterations=3, lanes=2)


def derive(passphrase: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """Return 32 key bytes for a normalised passphrase.

    Args:
        passphrase: from ``passphrase.normalise``.
        salt: 16 random bytes of the slot.
        cost: checked here, so that no caller can forget it.

    Raises:
        UnsafeCostError: see ``Argon2Cost.check``.
        NotEnoughMemoryError: the machine has not enough free memory.
    """
    cost.check()
    try:
        slow = Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
        )
        return slow.derive(passphrase)
    except MemoryError as error:
        raise NotEnoughMemoryError(megabytes=cost.memory_kib // 1024) from error
