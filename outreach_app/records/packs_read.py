"""What came of reading content packs: of the one in use, and of the one that was refused last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One pack, by its SHA-256 (64 hex digits); ``problem`` is JSON, "" where it can be used."""

    sha256: str
    reader: str
    problem: str = ""


def find_read(db: Connection, sha256: str) -> ReadRow | None:
    """Return what came of reading a pack, None where nobody has."""
    return _row(db.execute("SELECT sha256, reader, problem FROM packs_read WHERE sha256 = ?", (sha256,)).fetchone())


def find_refused(db: Connection, reader: str) -> ReadRow | None:
    """Return the pack that this reader refused last and that is not in use."""
    found = db.execute(
        "SELECT sha256, reader, problem FROM packs_read WHERE problem <> '' AND reader = ?"
        " AND sha256 NOT IN (SELECT sha256 FROM content_pack)",
        (reader,),
    )
    return _row(found.fetchone())


def keep_read(db: Connection, read: ReadRow) -> None:
    """Keep what came of it; earlier packs that are not in use are forgotten."""
    db.execute(
        "DELETE FROM packs_read WHERE sha256 NOT IN (SELECT sha256 FROM content_pack) AND sha256 <> ?", (read.sha256,)
    )
    db.execute(
        "INSERT OR REPLACE INTO packs_read(sha256, reader, problem) VALUES (?, ?, ?)",
        (read.sha256, read.reader, read.problem),
    )


def _row(found: Any) -> ReadRow | None:
    return None if found is None else ReadRow(*found)
