"""What the laptop knows about its recovery: the custodians' list, the drill that waits for an answer, the last one."""

from __future__ import annotations

from dataclasses import dataclass, field

from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class StoredRecovery:
    """The one row. ``drill_key`` is private; ``last_drill`` is an instant as stored; empty when there was none."""

    custodians: bytes | None = None
    drill_request: bytes | None = None
    drill_key: bytes | None = field(default=None, repr=False)
    last_drill: str = ""
    renewal_due: bool = False


def find_recovery(db: Connection) -> StoredRecovery:
    """Return what is known; nothing yet is a row without content."""
    row = db.execute(
        "SELECT custodians, drill_request, drill_key, coalesce(last_drill, ''), renewal_due FROM recovery"
    ).fetchone()
    return StoredRecovery() if row is None else StoredRecovery(row[0], row[1], row[2], row[3], bool(row[4]))


def keep_custodians(db: Connection, document: bytes) -> None:
    """Keep the centre's signed list of custodians; the recovery slot must be made anew for them."""
    _begin(db)
    db.execute("UPDATE recovery SET custodians = ?, renewal_due = 1", (document,))


def keep_drill(db: Connection, request: bytes, key: bytes) -> None:
    """Keep the request of a drill with its private key, in place of an earlier one."""
    _begin(db)
    db.execute("UPDATE recovery SET drill_request = ?, drill_key = ?", (request, key))


def end_drill(db: Connection, at: str) -> None:
    """Write down that a drill was passed; its secret was used and must be replaced."""
    db.execute("UPDATE recovery SET drill_request = NULL, drill_key = NULL, last_drill = ?, renewal_due = 1", (at,))


def drop_drill(db: Connection) -> None:
    """Forget a drill's request: the recovery slot it was made for is there no more."""
    db.execute("UPDATE recovery SET drill_request = NULL, drill_key = NULL")


def end_renewal(db: Connection) -> None:
    """Write down that the recovery slot was made anew."""
    db.execute("UPDATE recovery SET renewal_due = 0")


def _begin(db: Connection) -> None:
    db.execute("INSERT OR IGNORE INTO recovery(only) VALUES (1)")
