"""Further names of contacts: what others call her, what she is called online, a telephone number. They never leave."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.domain.contact import Alias
from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name in use: ``contact_id`` and ``short_name`` are of the contact kept, ``kind`` is empty for a short name."""

    contact_id: str
    short_name: str
    name: str
    kind: str


def add_alias(db: Connection, alias: Alias, worker_id: str, recorded_at: str) -> None:
    """Keep a further name."""
    db.execute(
        "INSERT INTO aliases(id, contact_id, kind, name, worker_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?)",
        (alias.id, alias.contact_id, alias.kind, alias.name, worker_id, recorded_at),
    )


def find_alias(db: Connection, alias_id: str) -> Alias | None:
    """Return a further name by its id."""
    row = db.execute("SELECT id, contact_id, kind, name FROM aliases WHERE id = ?", (alias_id,)).fetchone()
    return None if row is None else Alias(*row)


def list_aliases(db: Connection, contact_id: str) -> tuple[Alias, ...]:
    """Return the further names of a contact, as they were written down."""
    rows = db.execute(
        "SELECT id, contact_id, kind, name FROM aliases WHERE contact_id = ? ORDER BY recorded_at, id", (contact_id,)
    )
    return tuple(Alias(*row) for row in rows)


def drop_alias(db: Connection, alias_id: str) -> None:
    """Take a further name out."""
    db.execute("DELETE FROM aliases WHERE id = ?", (alias_id,))


def list_all_names(db: Connection) -> tuple[NameRow, ...]:
    """Return every name of everyone, short names first; those of a merged contact are the kept one's."""
    rows = db.execute(
        "SELECT k.id, k.short_name, c.short_name, '' FROM contacts c"
        " JOIN contacts k ON k.id = coalesce(c.merged_into, c.id)"
        " UNION ALL SELECT k.id, k.short_name, a.name, a.kind FROM aliases a JOIN contacts c ON c.id = a.contact_id"
        " JOIN contacts k ON k.id = coalesce(c.merged_into, c.id)"
    )
    return tuple(NameRow(*row) for row in rows)
