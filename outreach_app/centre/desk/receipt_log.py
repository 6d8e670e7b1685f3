"""The log of receipts: each root is made of the one before and the new entry, so that no receipt can be taken back.

A receipt names the root of its own entry, so its bytes are pinned beside the entry and go into the root of the next.
"""

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
    head = LogHead(before.size + 1, _next_root(before.root, _pinned(connection, before.size), entry))
    connection.execute("INSERT INTO receipt_log (size, entry, root) VALUES (?, ?, ?)", (head.size, entry, head.root))
    return head


def pin_document(connection: Connection, size: int, document: bytes) -> None:
    """Keep which bytes exactly were made of an entry; the caller holds the transaction that appended it."""
    connection.execute("UPDATE receipt_log SET document = ? WHERE size = ?", (document_name(document), size))


def document_name(document: bytes) -> str:
    """Return what stands in the log for the bytes of a receipt: 128 hex digits."""
    return hashlib.sha512(document).hexdigest()


def find_first_wrong_entry(connection: Connection) -> int | None:
    """Walk the whole log; return the place of the first entry that does not fit, or None when all do."""
    root, pinned = EMPTY_ROOT, ""
    expected = 1
    rows = connection.execute("SELECT size, entry, root, coalesce(document, '') FROM receipt_log ORDER BY size")
    for size, entry, kept, document in rows:
        root = _next_root(root, pinned, bytes(entry))
        if size != expected or root != kept:
            return int(expected)
        expected, pinned = expected + 1, document
    return None


def _pinned(connection: Connection, size: int) -> str:
    row = connection.execute("SELECT coalesce(document, '') FROM receipt_log WHERE size = ?", (size,)).fetchone()
    return str(row[0]) if row else ""


def _next_root(root: str, pinned: str, entry: bytes) -> str:
    """Entries from before documents were pinned have none: there the root is made of the other two alone."""
    before = bytes.fromhex(root) + pinned.encode()
    return hashlib.sha512(_MARK + before + hashlib.sha512(entry).digest()).hexdigest()
