"""Letters of the desk to this laptop: of each kind the newest, opened and as it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach_app.records.rows import Connection, instant


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """``body`` is the letter as JSON, verified when it was taken."""

    number: int
    body: str
    taken_at: datetime


def find_letter(db: Connection, kind: str) -> StoredLetter | None:
    """Return the newest letter of a kind (``gap``, ``figures``), or None before the first."""
    row = db.execute("SELECT number, body, taken_at FROM letters WHERE kind = ?", (kind,)).fetchone()
    return None if row is None else StoredLetter(row[0], row[1], instant(row[2]))


def keep_letter(db: Connection, kind: str, number: int, body: str, sealed: bytes, taken_at: str) -> None:
    """Keep a verified letter in the place of the one before."""
    db.execute(
        "INSERT OR REPLACE INTO letters(kind, number, body, sealed, taken_at) VALUES (?, ?, ?, ?, ?)",
        (kind, number, body, sealed, taken_at),
    )
