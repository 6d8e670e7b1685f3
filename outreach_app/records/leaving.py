"""Taking notes and contacts out of every table and the search index; old pages and backups are the caller's part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from outreach_app.records.casework import empty_casework
from outreach_app.records.contacts import list_members
from outreach_app.records.drafts import drop_draft
from outreach_app.records.encounters import StoredNote
from outreach_app.records.keeping import HERE_ONLY
from outreach_app.records.rows import Connection, from_text, to_text


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


def list_older_versions_of(db: Connection, contact_ids: Collection[str]) -> tuple[tuple[str, int], ...]:
    """Return (note, version) of versions about a person in notes that are now about somebody else.

    What was written before its note was split off is about the person it was split off for, through every later split.

    Args:
        db: the vault.
        contact_ids: the contact that is kept and all that were merged into it.
    """
    found: set[tuple[int, str, int]] = set()
    for contact_id in contact_ids:
        for seq, note_id, version, named, recorded_at in db.execute(_OLDER, {"id": contact_id}).fetchall():
            if _is_about(db, note_id, named, recorded_at) in contact_ids:
                found.add((seq, note_id, version))
    return tuple((note_id, version) for _, note_id, version in sorted(found))


def list_versions_about(db: Connection, note_id: str, contact_ids: Collection[str]) -> tuple[int, ...]:
    """Return which versions of a note that stands with a person are about her, the first first.

    The last one is; one that names nobody, or somebody erased since, is about whom the next version is about.

    Args:
        db: the vault.
        note_id: which note.
        contact_ids: the contact that is kept and all that were merged into it.
    """
    rows = db.execute(
        "SELECT v.version, c.id, v.recorded_at FROM encounter_versions v"
        " LEFT JOIN contacts c ON c.id = json_extract(v.content, '$.contact_id')"
        " WHERE v.encounter_id = ? ORDER BY v.version DESC",
        (note_id,),
    ).fetchall()
    found, hers = list[int](), True
    for version, named, recorded_at in rows:
        if found and named is not None:
            hers = _is_about(db, note_id, named, recorded_at) in contact_ids
        found += [version] if hers else []
    return tuple(reversed(found))


def _is_about(db: Connection, note_id: str, named: str, recorded_at: str) -> str:
    """Return whom a version is about: whom it names, or the last for whom its note was split off from there.

    What was written while a merge was in force that was undone since is about the one the note had come from.
    """
    merges = db.execute(
        "SELECT r.from_id FROM regrouped_notes n JOIN regroupings r ON r.id = n.regrouping_id"
        " WHERE n.encounter_id = ?1 AND r.kind = 'merge' AND ?2 BETWEEN r.made_at AND r.undone_at ORDER BY r.seq",
        (note_id, recorded_at),
    )
    came_from = [each for (each,) in merges.fetchall() if db.execute(_ONCE_KEPT_AS, (each, named)).fetchone()]
    splits = db.execute(
        "SELECT r.from_id, r.into_id FROM regrouped_notes n JOIN regroupings r ON r.id = n.regrouping_id"
        " WHERE n.encounter_id = ? AND r.kind = 'split' AND r.undone_at IS NULL AND r.made_at >= ? ORDER BY r.seq",
        (note_id, recorded_at),
    ).fetchall()
    about = came_from[0] if came_from else named
    for from_id, into_id in splits:
        if db.execute(_ONCE_KEPT_AS, (about, from_id)).fetchone() is not None:
            about = into_id
    return about


_OLDER = """
SELECT e.seq, v.encounter_id, v.version, json_extract(v.content, '$.contact_id'), v.recorded_at
FROM encounter_versions v JOIN encounters e ON e.id = v.encounter_id
WHERE v.version < e.version
AND coalesce((SELECT coalesce(c.merged_into, c.id) FROM contacts c WHERE c.id = e.contact_id), '')
    <> (SELECT coalesce(c.merged_into, c.id) FROM contacts c WHERE c.id = :id)
AND ((instr(v.content, :id) > 0 AND json_extract(v.content, '$.contact_id') = :id)
    OR EXISTS (
        SELECT 1 FROM regrouped_notes n JOIN regroupings r ON r.id = n.regrouping_id
        WHERE n.encounter_id = e.id AND :id = iif(r.kind = 'split', r.into_id, r.from_id)))
"""
_ONCE_KEPT_AS = """
WITH RECURSIVE kept(id) AS (
    VALUES (?1) UNION SELECT r.into_id FROM kept JOIN regroupings r ON r.from_id = kept.id AND r.kind = 'merge'
) SELECT 1 FROM kept WHERE id = ?2
"""


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
    """Where a contact's last note has left: let everything of her go and keep the short name and the day.

    A contact of whom something is here only, her story for the interview or her goals, stays as she is.
    """
    rows = db.execute(
        f"SELECT c.id, {HERE_ONLY} FROM contacts c WHERE c.id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM encounters e WHERE e.contact_id = c.id)",
        (to_text(sorted(contact_ids)),),
    ).fetchall()
    emptied = [row[0] for row in rows if not row[1]]
    for contact_id in emptied:
        for member in list_members(db, contact_id)[1:]:
            delete_contact(db, member)
    empty_casework(db, emptied)
    db.executemany("UPDATE contacts SET linkage = NULL WHERE id = ?", [(each,) for each in emptied])
    db.executemany("UPDATE contacts SET emptied_on = ? WHERE id = ?", [(day, row[0]) for row in rows])


def delete_contact(db: Connection, contact_id: str) -> None:
    """Take out a contact without notes, with all that hangs on her and those merged into her."""
    for member in list_members(db, contact_id):
        db.execute("DELETE FROM identities WHERE contact_id = ?", (member,))
    db.execute("DELETE FROM contacts WHERE id = ?", (contact_id,))


def drop_searches_naming(db: Connection, ids: Collection[str], holds: Callable[[str], bool]) -> int:
    """Forget kept searches that name one of these ids or in whose words ``holds`` finds something; says how many."""
    found = [
        row[0]
        for row in db.execute("SELECT id, name, filters FROM kept_searches").fetchall()
        if any(each in row[2] for each in ids) or holds(row[1]) or holds(_words_of(row[2]))
    ]
    db.executemany("DELETE FROM kept_searches WHERE id = ?", [(each,) for each in found])
    return len(found)


def _words_of(filters: str) -> str:
    return "\n".join(value for value in from_text(filters, dict[str, Any]).values() if isinstance(value, str))
