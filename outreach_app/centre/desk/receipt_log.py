"""The log of receipts: each root is made of the one before and the new entry, so that no receipt can be taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from outreach_app.vault.connection import Connection

_MARK = b"outreach-receipt-log/1\n"
EMPTY_ROOT = hashlib.sha512(_MARK).hexdigest()


@dataclass(frozen=True, slots=True)
class LogHead:
    """How many receipts there are, and 128 hex digits that stand for all of them."""

    size: int
    root: str


def find_head(connection: Connection) -> LogHead:
    """Return the head; size 0 before the first receipt."""
    row = connection.execute("SELECT size, root FROM receipt_log ORDER BY size DESC LIMIT 1").fetchone()
    return LogHead(*row) if row else LogHead(0, EMPTY_ROOT)


def append_entry(connection: Connection, entry: bytes) -> LogHead:
    """Add one entry; the caller holds the transaction. Returns the new head, which goes into the receipt."""
    before = find_head(connection)
    head = LogHead(before.size + 1, _next_root(before.root, entry))
    connection.execute("INSERT INTO receipt_log (size, entry, root) VALUES (?, ?, ?)", (head.size, entry, head.root))
    return head


def find_first_wrong_entry(connection: Connection) -> int | None:
    """Walk the whole log; return the place of the first entry that does not fit, or None when all do."""
    root = EMPTY_ROOT
    expected = 1
    for size, entry, kept in connection.execute("SELECT size, entry, root FROM receipt_log ORDER BY size"):
        root = _next_root(root, bytes(entry))
        if size != expected or root != kept:
            return int(expected)
        expected += 1
    return None


def _next_root(root: str, entry: bytes) -> str:
    return hashlib.sha512(_MARK + bytes.fromhex(root) + hashlib.sha512(entry).digest()).hexdigest()
