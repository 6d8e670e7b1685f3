"""What the laptop keeps of the centre's publications: the lists it trusts, the keys in force, the content in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from outreach_app.records.rows import Connection, from_text, instant, instant_or_none, to_text


@dataclass(frozen=True, slots=True)
class TrustRow:
    """The signed lists, byte for byte (empty before any publication was seen), and what they said."""

    root: bytes = field(repr=False)
    timestamp: bytes = field(repr=False, default=b"")
    snapshot: bytes = field(repr=False, default=b"")
    targets: bytes = field(repr=False, default=b"")
    number: int = 0
    stamped_at: datetime | None = None
    expires_at: datetime | None = None
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeysRow:
    """One ``keys.json`` as it came; ``sealed_batches`` had been sealed before it was taken."""

    number: int
    issued_at: datetime
    body: bytes = field(repr=False)
    sealed_batches: int


@dataclass(frozen=True, slots=True)
class PackRow:
    """The pack in use, without its bytes."""

    number: int
    returns_to: int | None
    published_at: datetime
    sha256: str
    policy: Mapping[str, Any]
    installed_at: datetime


def find_trust(db: Connection) -> TrustRow | None:
    """Return the lists this laptop trusts, None before it trusts any custodians."""
    row = db.execute(
        "SELECT root, timestamp, snapshot, targets, number, stamped_at, expires_at, looked_at FROM pack_trust"
    ).fetchone()
    return None if row is None else TrustRow(*row[:5], *map(instant_or_none, row[5:]))


def keep_trust(db: Connection, trust: TrustRow) -> None:
    """Keep what is trusted from now on."""
    instants = (None if at is None else at.isoformat() for at in (trust.stamped_at, trust.expires_at, trust.looked_at))
    db.execute(
        "INSERT OR REPLACE INTO pack_trust(only, root, timestamp, snapshot, targets, number, stamped_at, expires_at,"
        " looked_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        (trust.root, trust.timestamp, trust.snapshot, trust.targets, trust.number, *instants),
    )


def list_keys(db: Connection) -> tuple[KeysRow, ...]:
    """Return every set of keys, the one in force first."""
    rows = db.execute("SELECT number, issued_at, body, sealed_batches FROM centre_keys_told ORDER BY number DESC")
    return tuple(KeysRow(row[0], instant(row[1]), bytes(row[2]), row[3]) for row in rows)


def add_keys(db: Connection, keys: KeysRow, taken_at: str) -> None:
    """Keep a newer set of keys; earlier ones stay for what they answered."""
    db.execute(
        "INSERT OR REPLACE INTO centre_keys_told(number, issued_at, body, sealed_batches, taken_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (keys.number, keys.issued_at.isoformat(), keys.body, keys.sealed_batches, taken_at),
    )


def count_batches(db: Connection) -> int:
    """Return how many batches were ever sealed here."""
    return int(db.execute("SELECT count(*) FROM batches").fetchone()[0])


def place_of_batch(db: Connection, epoch: int, seq: int) -> int:
    """Return which batch of this laptop it is, counted from 1 over all epochs."""
    row = db.execute("SELECT count(*) FROM batches WHERE (epoch, seq) <= (?, ?)", (epoch, seq)).fetchone()
    return int(row[0])


def find_pack(db: Connection) -> PackRow | None:
    """Return the pack in use, None where the shipped content is."""
    row = db.execute(
        "SELECT number, returns_to, published_at, sha256, policy, installed_at FROM content_pack"
    ).fetchone()
    if row is None:
        return None
    return PackRow(row[0], row[1], instant(row[2]), row[3], from_text(row[4], dict[str, Any]), instant(row[5]))


def pack_bytes(db: Connection) -> bytes:
    """Return the pack in use as it came; there is one."""
    return bytes(db.execute("SELECT data FROM content_pack").fetchone()[0])


def keep_pack(db: Connection, pack: PackRow, data: bytes) -> None:
    """Put a pack in the place of the one before."""
    db.execute(
        "INSERT OR REPLACE INTO content_pack(only, number, returns_to, published_at, sha256, data, policy,"
        " installed_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (
            pack.number, pack.returns_to, pack.published_at.isoformat(), pack.sha256, data, to_text(pack.policy),
            pack.installed_at.isoformat(),
        ),
    )  # fmt: skip


def heard_instants(db: Connection) -> tuple[datetime, ...]:
    """Return when the desk last answered, stamped and published, by the desk's clock.

    A mailbox's ``stored`` receipts do not count: it is not trusted with more than keeping bytes.
    """
    rows = db.execute(
        "SELECT max(issued_at) FROM receipts WHERE kind <> 'stored'"
        " UNION ALL SELECT max(issued_at) FROM centre_keys_told"
        " UNION ALL SELECT published_at FROM content_pack"
        " UNION ALL SELECT stamped_at FROM pack_trust"
    )
    return tuple(instant(row[0]) for row in rows if row[0] is not None)
