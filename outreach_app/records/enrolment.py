"""This laptop as the centre knows it: its device, its keys, and the centre's signed reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from outreach_app.records.rows import Connection, instant


@dataclass(frozen=True, slots=True)
class StoredEnrolment:
    """The one row. Keys are private and exist only inside the vault; ``reply`` is the centre's, as it came."""

    device: str
    state: str
    signing_keys: bytes = field(repr=False)
    receiving_keys: bytes = field(repr=False)
    request: bytes
    reply: bytes | None = None
    linkage_key: bytes | None = field(default=None, repr=False)


def find_enrolment(db: Connection) -> StoredEnrolment | None:
    """Return the enrolment, or None before a request was made."""
    row = db.execute(
        "SELECT device, state, signing_keys, receiving_keys, request, reply, linkage_key FROM enrolment"
    ).fetchone()
    return None if row is None else StoredEnrolment(*row)


def enrolled_at(db: Connection) -> datetime | None:
    """Return when the centre's reply was kept, None before."""
    row = db.execute("SELECT changed_at FROM enrolment WHERE state = 'enrolled'").fetchone()
    return None if row is None else instant(row[0])


def keep_request(db: Connection, enrolment: StoredEnrolment, changed_at: str) -> None:
    """Keep a new request with its keys, in place of one that was never answered."""
    db.execute("DELETE FROM enrolment WHERE state = 'requested'")
    db.execute(
        "INSERT INTO enrolment(only, device, state, signing_keys, receiving_keys, request, changed_at)"
        " VALUES (1, ?, 'requested', ?, ?, ?, ?)",
        (enrolment.device, enrolment.signing_keys, enrolment.receiving_keys, enrolment.request, changed_at),
    )


def keep_reply(db: Connection, reply: bytes, linkage_key: bytes, changed_at: str) -> None:
    """Keep the centre's reply: from now on the laptop is enrolled."""
    db.execute(
        "UPDATE enrolment SET state = 'enrolled', reply = ?, linkage_key = ?, changed_at = ? WHERE only = 1",
        (reply, linkage_key, changed_at),
    )
