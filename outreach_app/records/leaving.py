"""Taking notes and contacts out of every table and the search index; old pages and backups are the caller's part."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from outreach_app.records.drafts import drop_draft
from outreach_app.records.encounters import StoredNote
from outreach_app.records.rows import Connection, to_text


def delete_note(db: Connection, note: StoredNote) -> None:
    """Take out a note: words in the index, to-dos, versions, row."""
    db.execute("DELETE FROM note_words WHERE rowid = ?", (note.seq,))
    db.execute("DELETE FROM follow_ups WHERE encounter_id = ?", (note.id,))
    db.execute("DELETE FROM kept_notes WHERE encounter_id = ?", (note.id,))
    db.execute("DELETE FROM encounter_versions WHERE encounter_id = ?", (note.id,))
    db.execute("DELETE FROM encounters WHERE id = ?", (note.id,))


def delete_versions(db: Connection, note_id: str, versions: Sequence[int]) -> None:
    """Take out single versions of a note that stays: they were about somebody else."""
    db.executemany(
        "DELETE FROM encounter_versions WHERE encounter_id = ? AND version = ?", [(note_id, each) for each in versions]
    )


def list_notes_of(db: Connection, contact_id: str) -> tuple[str, ...]:
    """Return the notes about a contact, oldest first."""
    rows = db.execute("SELECT id FROM encounters WHERE contact_id = ? ORDER BY seq", (contact_id,))
    return tuple(row[0] for row in rows)


def list_older_versions_of(db: Connection, contact_id: str) -> tuple[tuple[str, int], ...]:
    """Return (note, version) of versions about a contact in notes that are now about somebody else."""
    rows = db.execute(
        "SELECT v.encounter_id, v.version FROM encounter_versions v JOIN encounters e ON e.id = v.encounter_id"
        " WHERE e.contact_id IS NOT ? AND instr(v.content, ?) > 0"
        " AND json_extract(v.content, '$.contact_id') = ? AND v.version < e.version ORDER BY e.seq, v.version",
        (contact_id, contact_id, contact_id),
    )
    return tuple((row[0], row[1]) for row in rows)


def list_drafts_naming(db: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Return the drafts that name one of these ids."""
    rows = db.execute(
        "SELECT DISTINCT d.id FROM drafts d JOIN json_each(?) j ON instr(d.fields, j.value) > 0",
        (to_text(sorted(ids)),),
    )
    return tuple(row[0] for row in rows)


def drop_drafts_naming(db: Connection, ids: Collection[str]) -> int:
    """Forget every draft that names one of these ids; returns how many there were."""
    found = list_drafts_naming(db, ids)
    for draft_id in found:
        drop_draft(db, draft_id)
    return len(found)


def empty_contacts(db: Connection, contact_ids: Collection[str], day: str) -> None:
    """Where a contact's last note has left: let identity and linkage facts go and keep the short name and the day."""
    bare = (
        "id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM encounters e WHERE e.contact_id = contacts.id)"
    )
    chosen = to_text(sorted(contact_ids))
    db.execute(f"DELETE FROM identities WHERE contact_id IN (SELECT id FROM contacts WHERE {bare})", (chosen,))
    db.execute(f"UPDATE contacts SET linkage = NULL, emptied_on = ? WHERE {bare}", (day, chosen))


def delete_contact(db: Connection, contact_id: str) -> None:
    """Take out a contact without notes, with her identity."""
    db.execute("DELETE FROM identities WHERE contact_id = ?", (contact_id,))
    db.execute("DELETE FROM contacts WHERE id = ?", (contact_id,))
