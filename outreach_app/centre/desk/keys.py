"""The centre's own keys, kept in the register: root, receipts, sealing, linkage."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from outreach_app.centre.desk.errors import KeyMissingError
from outreach_app.clock import Clock
from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey, key_id
from outreach_app.vault.connection import Connection

LINKAGE_KEY_LENGTH = 32


class Stage(StrEnum):
    """The life of a sealing key; see ``key_rotation``."""

    NEXT = "next"
    CURRENT = "current"
    PREVIOUS = "previous"
    RETIRED = "retired"
    DESTROYED = "destroyed"


_OPENS = frozenset({Stage.NEXT, Stage.CURRENT, Stage.PREVIOUS})


@dataclass(frozen=True)
class SealingKey:
    """One key that batches are or were sealed for; ``keys`` is None once it was destroyed."""

    id: str
    stage: Stage
    keys: ReceivingKeys | None


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
        """The key that laptops enrolled today seal for; KeyMissingError when there is none."""
        for key in self.sealing:
            if key.stage is Stage.CURRENT and key.keys is not None:
                return CentreSealingKey(key.keys.public)
        raise KeyMissingError(purpose="sealing")

    def opening_key(self, centre_key_id: str, *, waited: bool = False) -> ReceivingKeys | None:
        """Return the key a batch names, or None when it is retired or was never ours.

        A batch that has ``waited`` came while its key still opened: it is opened until the key is destroyed.
        """
        for key in self.sealing:
            if key.id == centre_key_id and (key.stage in _OPENS or waited):
                return key.keys
        return None


def make_keys(connection: Connection, clock: Clock) -> None:
    """Make every key that is not there yet; the caller holds the transaction."""
    there = {purpose for (purpose,) in connection.execute("SELECT purpose FROM centre_keys")}
    made_at = clock.now().isoformat()
    for purpose, (name, private) in _new_keys().items():
        if purpose not in there:
            add_key(connection, purpose, name, private, made_at)
            if purpose == "sealing":  # the first one goes into the replies to laptops
                connection.execute("INSERT INTO sealing_stages (id, published_at) VALUES (?, ?)", (name, made_at))


def add_key(connection: Connection, purpose: str, name: str, private: bytes, made_at: str) -> None:
    """Keep a new private key; the caller holds the transaction."""
    connection.execute(
        "INSERT INTO centre_keys (purpose, id, private, made_at) VALUES (?, ?, ?, ?)", (purpose, name, private, made_at)
    )


def load_keys(connection: Connection) -> CentreKeys:
    """Return the centre's keys.

    Raises:
        KeyMissingError: the register lacks one.
        KeyUnreadableError: the register holds something else.
    """
    rows = connection.execute("SELECT purpose, private FROM centre_keys WHERE purpose <> 'sealing'")
    found = {purpose: bytes(private) for purpose, private in rows}
    for purpose in ("root", "receipt", "linkage"):
        if purpose not in found:
            raise KeyMissingError(purpose=purpose)
    sealing = _load_sealing(connection)
    if not sealing:
        raise KeyMissingError(purpose="sealing")
    return CentreKeys(
        root=SigningKeys.from_bytes(found["root"]),
        receipt=SigningKeys.from_bytes(found["receipt"]),
        sealing=sealing,
        linkage=found["linkage"],
    )


def _load_sealing(connection: Connection) -> tuple[SealingKey, ...]:
    rows = connection.execute(
        "SELECT k.id, k.private, CASE WHEN s.destroyed_at IS NOT NULL THEN 'destroyed'"
        " WHEN k.retired_at IS NOT NULL THEN 'retired' WHEN s.superseded_at IS NOT NULL THEN 'previous'"
        " WHEN s.published_at IS NOT NULL THEN 'current' ELSE 'next' END"
        " FROM centre_keys AS k JOIN sealing_stages AS s ON s.id = k.id WHERE k.purpose = 'sealing'"
        " ORDER BY s.published_at IS NULL, coalesce(s.superseded_at, '9'), k.made_at, k.id"
    )
    return tuple(
        SealingKey(name, Stage(stage), ReceivingKeys.from_bytes(bytes(private)) if private else None)
        for name, private, stage in rows
    )


def _new_keys() -> dict[str, tuple[str, bytes]]:
    root, receipt, sealing = SigningKeys.generate(), SigningKeys.generate(), ReceivingKeys.generate()
    return {
        "root": (root.fingerprint().hex()[:32], root.to_bytes()),
        "receipt": (receipt.fingerprint().hex()[:32], receipt.to_bytes()),
        "sealing": (key_id(sealing.public), sealing.to_bytes()),
        "linkage": (secrets.token_hex(16), secrets.token_bytes(LINKAGE_KEY_LENGTH)),
    }
