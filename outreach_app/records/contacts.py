"""Contacts, their identities (kept apart) and the facts from which a linkage code can be made."""

from __future__ import annotations

from typing import Any

from outreach_app.domain.contact import Contact, Identity, LinkageFacts
from outreach_app.records.rows import Connection, date_or_none, from_text, instant, like_pattern, to_text

_SELECT = """
SELECT c.id, c.short_name, c.provisional, c.created_at,
       (SELECT count(*) FROM encounters e WHERE e.contact_id = c.id),
       (SELECT max(e.shift_date) FROM encounters e WHERE e.contact_id = c.id),
       EXISTS (SELECT 1 FROM identities i WHERE i.contact_id = c.id)
FROM contacts c
"""


def add_contact(db: Connection, contact_id: str, short_name: str, *, provisional: bool, created_at: str) -> None:
    """Keep a new contact."""
    db.execute(
        "INSERT INTO contacts(id, short_name, provisional, created_at) VALUES (?, ?, ?, ?)",
        (contact_id, short_name, int(provisional), created_at),
    )


def find_contact(db: Connection, contact_id: str) -> Contact | None:
    """Return a contact by id."""
    row = db.execute(_SELECT + " WHERE c.id = ?", (contact_id,)).fetchone()
    return None if row is None else _contact(row)


def find_contact_by_name(db: Connection, short_name: str) -> Contact | None:
    """Return the contact with exactly this short name, whatever the case."""
    row = db.execute(_SELECT + " WHERE c.short_name = ?", (short_name,)).fetchone()
    return None if row is None else _contact(row)


def list_contacts(db: Connection, text: str = "", limit: int = 500) -> tuple[Contact, ...]:
    """Return contacts whose short name contains ``text``, last met first."""
    rows = db.execute(
        _SELECT + r" WHERE c.short_name LIKE ? ESCAPE '\' ORDER BY 6 DESC, c.short_name LIMIT ?",
        (like_pattern(text), limit),
    )
    return tuple(_contact(row) for row in rows)


def keep_identity(db: Connection, contact_id: str, identity: Identity, worker_id: str, recorded_at: str) -> None:
    """Keep who the contact says she is."""
    db.execute(
        "INSERT INTO identities(contact_id, name, reason, worker_id, recorded_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (contact_id) DO UPDATE SET name = excluded.name, reason = excluded.reason,"
        " worker_id = excluded.worker_id, recorded_at = excluded.recorded_at",
        (contact_id, identity.name, identity.reason, worker_id, recorded_at),
    )


def find_identity(db: Connection, contact_id: str) -> Identity | None:
    """Return the identity of a contact, where one was recorded."""
    row = db.execute("SELECT name, reason FROM identities WHERE contact_id = ?", (contact_id,)).fetchone()
    return None if row is None else Identity(*row)


def keep_linkage(db: Connection, contact_id: str, facts: LinkageFacts) -> None:
    """Keep the facts for a linkage code."""
    db.execute("UPDATE contacts SET linkage = ? WHERE id = ?", (to_text(facts), contact_id))


def find_linkage(db: Connection, contact_id: str) -> LinkageFacts | None:
    """Return the facts for a linkage code, where she gave some."""
    row = db.execute("SELECT linkage FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return None if row is None or row[0] is None else from_text(row[0], LinkageFacts)


def _contact(row: Any) -> Contact:
    return Contact(row[0], row[1], bool(row[2]), instant(row[3]), row[4], date_or_none(row[5]), bool(row[6]))
