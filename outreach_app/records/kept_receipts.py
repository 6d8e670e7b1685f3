"""Receipts as they came, one after the other, and the notes that the desk put aside."""

from __future__ import annotations

from outreach_app.records.rows import Connection


def list_sealed(db: Connection, sha512: str) -> tuple[tuple[str, str, bytes], ...]:
    """Return (kind, issued at, bytes as they came) of every receipt of a batch, oldest first."""
    rows = db.execute(
        "SELECT kind, issued_at, sealed FROM receipts WHERE sha512 = ? ORDER BY issued_at, kind <> 'stored'", (sha512,)
    )
    return tuple((row[0], row[1], bytes(row[2])) for row in rows)


def count_put_aside(db: Connection) -> int:
    """Return how many notes' last versions lie aside at the desk."""
    row = db.execute(
        "SELECT count(*) FROM live_batch_records r JOIN encounters e ON e.id = r.record_id AND e.version = r.version"
        " WHERE r.outcome = 'quarantined'"
    ).fetchone()
    return int(row[0])
