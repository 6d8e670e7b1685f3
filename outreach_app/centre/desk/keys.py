"""The centre's own keys, kept in the register: root, receipts, sealing, linkage."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from outreach_app.centre.desk.errors import KeyMissingError
from outreach_app.clock import Clock
from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey, key_id
from outreach_app.vault.connection import Connection

LINKAGE_KEY_LENGTH = 32


@dataclass(frozen=True)
class SealingKey:
    """One key that batches were sealed for; a retired one opens nothing any more."""

    keys: ReceivingKeys
    retired: bool


@dataclass(frozen=True)
class CentreKeys:
    """All private keys of the centre. Secret; lives only as long as the desk is open.

    ``sealing`` is ordered by the time of making; ``linkage`` has 32 bytes.
    """

    root: SigningKeys
    receipt: SigningKeys
    sealing: tuple[SealingKey, ...]
    linkage: bytes = field(repr=False)

    @property
    def current_sealing_key(self) -> CentreSealingKey:
        """The key that laptops enrolled today seal for; KeyMissingError when all are retired."""
        usable = [key for key in self.sealing if not key.retired]
        if not usable:
            raise KeyMissingError(purpose="sealing")
        return CentreSealingKey(usable[-1].keys.public)

    def opening_key(self, centre_key_id: str) -> ReceivingKeys | None:
        """Return the key a batch names, or None when it is retired or was never ours."""
        for key in self.sealing:
            if not key.retired and key_id(key.keys.public) == centre_key_id:
                return key.keys
        return None


def make_keys(connection: Connection, clock: Clock) -> None:
    """Make every key that is not there yet; the caller holds the transaction."""
    there = {purpose for (purpose,) in connection.execute("SELECT purpose FROM centre_keys")}
    made_at = clock.now().isoformat()
    for purpose, (name, private) in _new_keys().items():
        if purpose not in there:
            connection.execute(
                "INSERT INTO centre_keys (purpose, id, private, made_at) VALUES (?, ?, ?, ?)",
                (purpose, name, private, made_at),
            )


def load_keys(connection: Connection) -> CentreKeys:
    """Return the centre's keys.

    Raises:
        KeyMissingError: the register lacks one.
        KeyUnreadableError: the register holds something else.
    """
    rows = connection.execute(
        "SELECT purpose, private, retired_at IS NOT NULL FROM centre_keys ORDER BY made_at, id"
    ).fetchall()
    found: dict[str, list[tuple[bytes, bool]]] = {}
    for purpose, private, retired in rows:
        found.setdefault(purpose, []).append((bytes(private), bool(retired)))
    for purpose in ("root", "receipt", "sealing", "linkage"):
        if purpose not in found:
            raise KeyMissingError(purpose=purpose)
    return CentreKeys(
        root=SigningKeys.from_bytes(found["root"][-1][0]),
        receipt=SigningKeys.from_bytes(found["receipt"][-1][0]),
        sealing=tuple(SealingKey(ReceivingKeys.from_bytes(kept), retired) for kept, retired in found["sealing"]),
        linkage=found["linkage"][-1][0],
    )


def _new_keys() -> dict[str, tuple[str, bytes]]:
    root, receipt, sealing = SigningKeys.generate(), SigningKeys.generate(), ReceivingKeys.generate()
    return {
        "root": (root.fingerprint().hex()[:32], root.to_bytes()),
        "receipt": (receipt.fingerprint().hex()[:32], receipt.to_bytes()),
        "sealing": (key_id(sealing.public), sealing.to_bytes()),
        "linkage": (secrets.token_hex(16), secrets.token_bytes(LINKAGE_KEY_LENGTH)),
    }
