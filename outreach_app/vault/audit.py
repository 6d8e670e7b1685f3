"""The audit chain: who did what and when, each entry bound to the one before, the last bound to the vault's step.

An entry holds codes and random ids, never a word of a note and never a name. Whoever has the keys could write the whole
chain anew; that the centre knows its length and head from each batch is what stands against it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

from outreach_app.domain.ids import is_id
from outreach_app.errors import BugError
from outreach_app.vault.anchor import FIRST_HEAD

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from outreach_app.vault.anchor import Step
    from outreach_app.vault.connection import Connection, Cursor

ACTIONS = frozenset({
    "unlocked", "locked", "read", "identity_read", "changed", "finished", "amended", "printed", "exported", "enrolled",
    "sealed", "sent", "receipt", "shed", "expired", "blanked", "erased", "kept", "backup_made", "restored",
    "worker_added", "worker_removed", "passphrase_changed", "key_file_set", "health_granted", "health_renewed",
    "recovery_set", "recovery_requested", "recovered", "recovery_helped", "drill_passed", "checked", "policy_set",
    "migrated", "rekeyed", "rebuilt", "wrong_tries", "letter", "answered", "handed_again", "revoked", "sealing_key",
    "stepped_over", "publishing", "content_taken",
})  # fmt: skip
_TABLE = """
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    worker TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT
"""
_COLUMNS = "seq, at, worker, action, subject, detail, hash"
_MOST_DETAIL = 80  # characters; a code or a few, such as a kind, a count or a carrier


@dataclass(frozen=True)
class AuditEntry:
    """``at`` is UTC in ISO form; ``worker`` a slot id; ``subject`` a random id or empty; ``detail`` codes or empty."""

    seq: int
    at: str
    worker: str
    action: str
    subject: str
    detail: str
    hash: bytes


@dataclass(frozen=True)
class AuditReport:
    """How many entries there are, the number of the first bad one (None when all are good), and the head in hex.

    A number one past the last entry says that entries at the end are missing.
    """

    entries: int
    first_bad: int | None
    head: str


class Readable(Protocol):
    """What is asked of the open vault."""

    def read(self) -> AbstractContextManager[Connection]:
        """Give the connection for reading."""
        ...

    def step(self) -> Step:
        """Return where the vault stands."""
        ...


def create(connection: Connection) -> None:
    """Make the table, inside a transaction."""
    connection.execute(_TABLE)


def head(connection: Connection) -> bytes:
    """Return the hash of the last entry."""
    return _last(connection)[1]


def place(connection: Connection) -> tuple[int, str]:
    """Return the number of the last entry and its hash in hex: they ride in each batch."""
    seq, last = _last(connection)
    return seq, last.hex()


def is_noted(connection: Connection, action: str, subject: str) -> bool:
    """Tell whether there is an entry about this already."""
    found = connection.execute("SELECT 1 FROM audit WHERE action = ? AND subject = ? LIMIT 1", (action, subject))
    return found.fetchone() is not None


def append(connection: Connection, at: str, worker: str, action: str, subject: str = "", detail: str = "") -> None:
    """Add one entry, inside a transaction.

    Raises:
        BugError: not a code, not a random id, or words where a code belongs.
    """
    if action not in ACTIONS or (subject and not is_id(subject)) or not _is_code(detail):
        raise BugError("an audit entry holds codes and random ids only")
    seq, previous = _last(connection)
    fields = (seq + 1, at, worker, action, subject, detail)
    row = (*fields, _hash(previous, fields))
    connection.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def list_entries(
    vault: Readable, *, limit: int = 200, before: int | None = None, worker: str = ""
) -> tuple[AuditEntry, ...]:
    """Return the newest entries first; ``before`` a number gives earlier ones, ``worker`` those of one slot only."""
    below = before if before is not None else 2**62
    with vault.read() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM audit WHERE seq < ? AND ? IN ('', worker) ORDER BY seq DESC LIMIT ?",
            (below, worker, limit),
        ).fetchall()
    return tuple(AuditEntry(*row) for row in rows)


def verify(vault: Readable) -> AuditReport:
    """Follow the chain from its beginning to the vault's step."""
    with vault.read() as connection:
        step = vault.step()
        rows = connection.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY seq")
        count, previous, bad = _follow(rows)
    new = step.number == 0 and not count  # nothing has happened yet
    if bad is None and not new and not step.vouches_for(previous):
        bad = count + 1
    return AuditReport(count, bad, previous.hex())


def _follow(rows: Cursor) -> tuple[int, bytes, int | None]:
    """Return the number of entries, the last hash, and the first entry that is not what the chain says."""
    count, previous, bad = 0, FIRST_HEAD, None
    for row in rows:
        count += 1
        fields, found = tuple(row[:-1]), row[-1]
        if bad is None and (fields[0] != count or found != _hash(previous, fields)):
            bad = count
        previous = found
    return count, previous, bad


def _last(connection: Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, FIRST_HEAD) if row is None else (row[0], row[1])


def _hash(previous: bytes, fields: tuple[object, ...]) -> bytes:
    return hashlib.sha256(b"outreach-audit/1" + previous + msgspec.json.encode(fields)).digest()


def _is_code(text: str) -> bool:
    return len(text) <= _MOST_DETAIL and text.isascii() and all(sign.isalnum() or sign in "_.:=,;/+-" for sign in text)
