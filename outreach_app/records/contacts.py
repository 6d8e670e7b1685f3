"""Contacts, their identities (kept apart) and the facts from which a linkage code can be made."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from outreach_app.domain.contact import Contact, Identity, LinkageFacts
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, date_or_none, from_text, instant, like_pattern, to_text

_SELECT = """
SELECT c.id, c.short_name, c.provisional, c.created_at,
       (SELECT count(*) FROM encounters e WHERE e.contact_id = c.id),
       (SELECT max(e.shift_date) FROM encounters e WHERE e.contact_id = c.id),
       EXISTS (SELECT 1 FROM identities i WHERE i.contact_id = c.id), c.merged_into, c.linkage IS NOT NULL
FROM contacts c
"""
_OTHER_NAMES = """
SELECT a.name FROM aliases a WHERE a.contact_id = c.id
UNION ALL SELECT m.short_name FROM contacts m WHERE m.merged_into = c.id
UNION ALL SELECT a.name FROM aliases a JOIN contacts m ON m.id = a.contact_id WHERE m.merged_into = c.id
"""
LEAST_OF_AN_ID = 6  # letters of a contact's random id that are enough to find her by it
_ID_START = re.compile(f"[0-9a-f]{{{LEAST_OF_AN_ID},32}}")


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


def find_kept(db: Connection, contact_id: str) -> Contact | None:
    """Return a contact by id, or the one that was kept where it was merged."""
    contact = find_contact(db, contact_id)
    return contact if contact is None or contact.merged_into is None else find_contact(db, contact.merged_into)


def kept_id(db: Connection, contact_id: str) -> str:
    """Return the id under which a contact's casework is kept: its own, or that of the one it was merged into."""
    row = db.execute("SELECT coalesce(merged_into, id) FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return contact_id if row is None else str(row[0])


def require_kept(db: Connection, contact_id: str) -> Contact:
    """Return a contact by id, or the one that was kept where it was merged.

    Raises:
        NotFoundError: no such contact.
    """
    contact = find_kept(db, contact_id)
    if contact is None:
        raise NotFoundError
    return contact


def find_contact_by_name(db: Connection, short_name: str) -> Contact | None:
    """Return the contact with exactly this short name, whatever the case, or the one it was merged into."""
    row = db.execute("SELECT id FROM contacts WHERE short_name = ?", (short_name,)).fetchone()
    return None if row is None else find_kept(db, row[0])


def is_taken(db: Connection, short_name: str, by_others_than: str = "") -> bool:
    """Tell whether another contact is called that, a merged one included."""
    rows = db.execute("SELECT id FROM contacts WHERE short_name = ? AND id <> ?", (short_name, by_others_than))
    return rows.fetchone() is not None


def list_contacts(db: Connection, text: str = "", limit: int = 500) -> tuple[Contact, ...]:
    """Return contacts of whom a name contains ``text`` or whose id begins with it, last met first; none twice."""
    typed = text.strip()
    code = typed.replace(" ", "").lower()
    rows = db.execute(
        f"SELECT * FROM ({_SELECT} WHERE c.merged_into IS NULL) c WHERE :text = '%%'"
        rf" OR c.short_name LIKE :text ESCAPE '\' OR c.id LIKE :code"
        rf" OR EXISTS (SELECT 1 FROM ({_OTHER_NAMES}) n WHERE n.name LIKE :text ESCAPE '\')"
        " ORDER BY 6 DESC, c.short_name LIMIT :limit",
        {
            "text": like_pattern(typed), "limit": limit,
            "code": f"{code}%" if _ID_START.fullmatch(code) else "",
        },
    )  # fmt: skip
    found = tuple(_contact(row) for row in rows)
    return found if not typed else tuple(_with_found_by(db, each, typed) for each in found)


def list_names(db: Connection, contact_id: str) -> tuple[str, ...]:
    """Return every name of a contact and of those merged into her, her short name first."""
    rows = db.execute(
        "SELECT short_name FROM contacts WHERE id = :id"
        " UNION ALL SELECT name FROM aliases WHERE contact_id = :id"
        " UNION ALL SELECT short_name FROM contacts WHERE merged_into = :id"
        " UNION ALL SELECT a.name FROM aliases a JOIN contacts m ON m.id = a.contact_id WHERE m.merged_into = :id",
        {"id": contact_id},
    )
    return tuple(dict.fromkeys(row[0] for row in rows))


def list_members(db: Connection, contact_id: str) -> tuple[str, ...]:
    """Return a contact's id and those of all who were merged into her."""
    rows = db.execute("SELECT id FROM contacts WHERE merged_into = ? ORDER BY created_at, id", (contact_id,))
    return (contact_id, *(row[0] for row in rows))


def rename_contact(db: Connection, contact_id: str, short_name: str, *, provisional: bool) -> None:
    """Give a contact another short name."""
    db.execute(
        "UPDATE contacts SET short_name = ?, provisional = ? WHERE id = ?", (short_name, int(provisional), contact_id)
    )


def drop_identity(db: Connection, contact_id: str) -> None:
    """Forget who the contact says she is."""
    db.execute("DELETE FROM identities WHERE contact_id = ?", (contact_id,))


def drop_linkage(db: Connection, contact_id: str) -> None:
    """Forget the facts for a linkage code."""
    db.execute("UPDATE contacts SET linkage = NULL WHERE id = ?", (contact_id,))


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
    return Contact(
        row[0], row[1], bool(row[2]), instant(row[3]), row[4], date_or_none(row[5]), bool(row[6]), row[7],
        bool(row[8]),
    )  # fmt: skip


def _with_found_by(db: Connection, contact: Contact, typed: str) -> Contact:
    """Say which other name found her, where her short name does not hold what was typed."""
    names = list_names(db, contact.id)
    if typed.casefold() in contact.short_name.casefold():
        return contact
    return replace(contact, found_by=next((name for name in names if typed.casefold() in name.casefold()), ""))
