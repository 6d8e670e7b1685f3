"""Publications, roots and files as they lie in the register. The caller holds the transaction for whatever changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from outreach_app.vault.connection import Connection

State = Literal["open", "published", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Root:
    """A root. ``trust`` is the file for laptops that cannot come to it by themselves; ``desk_key`` is secret."""

    version: int
    document: bytes = field(repr=False)
    trust: bytes | None = field(repr=False)
    desk_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One publication. ``keys`` and ``content`` are SHA-256 sums; ``published_at`` is None unless it was published."""

    number: int
    state: State
    root: int
    targets: bytes = field(repr=False)
    snapshot: bytes | None = field(repr=False)
    keys: str
    content: str | None
    content_number: int | None
    returns_to: int | None
    prepared_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The newest timestamp."""

    version: int
    document: bytes = field(repr=False)
    issued_at: datetime


_COLUMNS = (
    "number, state, root, targets, snapshot, keys, content, content_number, returns_to, prepared_at, published_at"
)


def roots(connection: Connection) -> tuple[Root, ...]:
    """Return the roots that laptops go through, from the last one they were told of by ``trust.json`` to the newest."""
    rows = connection.execute(
        "SELECT version, document, trust, desk_key FROM trust_roots WHERE version >="
        " (SELECT max(version) FROM trust_roots WHERE trust IS NOT NULL) ORDER BY version"
    )
    return tuple(map(_read_root, rows))


def find_root(connection: Connection, version: int) -> Root:
    """Return the root of this version, which is there."""
    row = connection.execute(
        "SELECT version, document, trust, desk_key FROM trust_roots WHERE version = ?", (version,)
    ).fetchone()
    return _read_root(row)


def add_root(connection: Connection, root: Root, made_at: datetime) -> None:
    """Keep a new root."""
    connection.execute(
        "INSERT INTO trust_roots (version, document, trust, desk_key, made_at) VALUES (?, ?, ?, ?, ?)",
        (root.version, root.document, root.trust, root.desk_key, made_at.isoformat()),
    )


def find(connection: Connection, where: str, *values: object) -> Row | None:
    """Return the newest publication that fits; ``where`` is a literal of this program."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM publications WHERE {where} ORDER BY number DESC LIMIT 1", values
    ).fetchone()
    return _read(row) if row else None


def open_one(connection: Connection) -> Row | None:
    """Return the publication that is being signed."""
    return find(connection, "state = 'open'")


def newest(connection: Connection) -> Row | None:
    """Return what is published now."""
    return find(connection, "state = 'published'")


def published(connection: Connection) -> tuple[Row, ...]:
    """Return everything that was ever published, newest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM publications WHERE state = 'published' ORDER BY number DESC")
    return tuple(_read(row) for row in rows)


def next_number(connection: Connection, above: int = 0) -> int:
    """Return a number that no publication had, and larger than ``above``."""
    (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM publications").fetchone()
    return max(int(last), above) + 1


def next_snapshot_version(connection: Connection, now: datetime) -> int:
    """Return the next version of a snapshot: seconds, so that a register put back does not use one again."""
    (last,) = connection.execute("SELECT coalesce(max(snapshot_version), 0) FROM publications").fetchone()
    return max(int(last) + 1, int(now.timestamp()))


def snapshot_version(connection: Connection, number: int) -> int:
    """Return the version of a publication's snapshot, by which laptops ask for it."""
    row = connection.execute("SELECT snapshot_version FROM publications WHERE number = ?", (number,)).fetchone()
    return int(row[0])


def add(connection: Connection, row: Row) -> None:
    """Keep a new open publication; one that was open before is withdrawn, its number is not used again."""
    withdraw(connection)
    connection.execute(
        f"INSERT INTO publications ({_COLUMNS}) VALUES (?, 'open', ?, ?, NULL, ?, ?, ?, ?, ?, NULL)",
        (
            row.number, row.root, row.targets, row.keys, row.content, row.content_number, row.returns_to,
            row.prepared_at.isoformat(),
        ),
    )  # fmt: skip
    connection.execute(
        "DELETE FROM pack_files WHERE sha256 NOT IN (SELECT keys FROM publications WHERE state <> 'withdrawn')"
        " AND sha256 NOT IN (SELECT content FROM publications WHERE state <> 'withdrawn' AND content IS NOT NULL)"
    )


def withdraw(connection: Connection) -> None:
    """Withdraw the publication that is open, if one is."""
    connection.execute("UPDATE publications SET state = 'withdrawn' WHERE state = 'open'")


def keep_targets(connection: Connection, number: int, targets: bytes) -> None:
    """Keep the list of an open publication with one more signature."""
    connection.execute("UPDATE publications SET targets = ? WHERE number = ? AND state = 'open'", (targets, number))


def publish(
    connection: Connection, number: int, now: datetime, make_snapshot: Callable[[int], bytes]
) -> bytes:
    """Mark the open publication as published and return its snapshot, made for the version it gets."""
    version = next_snapshot_version(connection, now)
    snapshot = make_snapshot(version)
    connection.execute(
        "UPDATE publications SET state = 'published', published_at = ?, snapshot = ?, snapshot_version = ?"
        " WHERE number = ? AND state = 'open'",
        (now.isoformat(), snapshot, version, number),
    )
    return snapshot


def stamp(connection: Connection) -> Stamp | None:
    """Return the newest timestamp, None before anything was published."""
    row = connection.execute("SELECT version, document, issued_at FROM pack_timestamp").fetchone()
    return Stamp(int(row[0]), bytes(row[1]), datetime.fromisoformat(row[2])) if row else None


def keep_stamp(connection: Connection, now: datetime, make_timestamp: Callable[[int], bytes]) -> None:
    """Keep a new timestamp, made for the version it gets: seconds, as those of snapshots."""
    before = stamp(connection)
    version = max((before.version if before else 0) + 1, int(now.timestamp()))
    connection.execute(
        "INSERT OR REPLACE INTO pack_timestamp (only, version, document, issued_at) VALUES (1, ?, ?, ?)",
        (version, make_timestamp(version), now.isoformat()),
    )


def keep_file(connection: Connection, data: bytes) -> str:
    """Keep a file and return its SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    connection.execute("INSERT OR IGNORE INTO pack_files (sha256, data) VALUES (?, ?)", (sha256, data))
    return sha256


def read_file(connection: Connection, sha256: str) -> bytes:
    """Return a file that was kept."""
    (data,) = connection.execute("SELECT data FROM pack_files WHERE sha256 = ?", (sha256,)).fetchone()
    return bytes(data)


def delivered(connection: Connection, source: str) -> dict[str, str]:
    """Return the SHA-256 of what a mailbox was given, by name."""
    rows = connection.execute("SELECT name, sha256 FROM pack_deliveries WHERE source = ?", (source,))
    return {str(name): str(sha256) for name, sha256 in rows}


def forget_deliveries(connection: Connection, source: str) -> None:
    """Forget what a mailbox was given: it may have been put back from a backup."""
    connection.execute("DELETE FROM pack_deliveries WHERE source = ?", (source,))


def note_delivery(connection: Connection, source: str, name: str, sha256: str) -> None:
    """Note that a mailbox has these bytes under this name."""
    connection.execute(
        "INSERT OR REPLACE INTO pack_deliveries (source, name, sha256) VALUES (?, ?, ?)", (source, name, sha256)
    )


def _read_root(row: Any) -> Root:
    version, document, trust, desk_key = row
    return Root(version, bytes(document), bytes(trust) if trust else None, bytes(desk_key))


def _read(row: Any) -> Row:  # the table is STRICT: each column has the type it says
    number, state, root, targets, snapshot, keys, content, content_number, returns_to, prepared, published_at = row
    return Row(
        number, state, root, bytes(targets), bytes(snapshot) if snapshot else None, keys, content, content_number,
        returns_to, datetime.fromisoformat(prepared), datetime.fromisoformat(published_at) if published_at else None,
    )  # fmt: skip
