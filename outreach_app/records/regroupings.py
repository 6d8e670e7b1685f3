"""Notes put with another contact: merging two who are one person, splitting off notes of another, undoing either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from outreach_app.domain.erasing import ConfirmationState
from outreach_app.domain.regrouping import Regrouping
from outreach_app.records import notices
from outreach_app.records.rows import Connection, instant, instant_or_none, to_text

_SELECT = """
SELECT r.id, r.kind, r.from_id, f.short_name, r.into_id, t.short_name, r.reason, w.name, r.made_at,
       (SELECT count(*) FROM regrouped_notes n WHERE n.regrouping_id = r.id), r.undone_at, coalesce(u.name, '')
FROM regroupings r
JOIN contacts f ON f.id = r.from_id
JOIN contacts t ON t.id = r.into_id
JOIN workers w ON w.id = r.worker_id
LEFT JOIN workers u ON u.id = r.undone_by
"""


def add_regrouping(
    db: Connection, regrouping_id: str, kind: str, from_id: str, into_id: str, reason: str, worker_id: str, made_at: str
) -> None:
    """Keep that notes are put with another contact, before they are."""
    db.execute(
        "INSERT INTO regroupings(id, kind, from_id, into_id, reason, worker_id, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (regrouping_id, kind, from_id, into_id, reason, worker_id, made_at),
    )


def find_regrouping(db: Connection, regrouping_id: str) -> Regrouping | None:
    """Return a regrouping by its id."""
    row = db.execute(f"{_SELECT} WHERE r.id = ?", (regrouping_id,)).fetchone()
    return None if row is None else _regrouping(row)


def list_regroupings(db: Connection, contact_ids: Iterable[str]) -> tuple[Regrouping, ...]:
    """Return what was merged with or split from these contacts, the latest first."""
    rows = db.execute(
        f"{_SELECT} WHERE r.from_id IN (SELECT value FROM json_each(:ids))"
        " OR r.into_id IN (SELECT value FROM json_each(:ids)) ORDER BY r.seq DESC",
        {"ids": to_text(sorted(contact_ids))},
    )
    return tuple(replace(each, centre=_centre(db, each)) for each in map(_regrouping, rows.fetchall()))


def list_merges(db: Connection) -> dict[str, str]:
    """Return the merges in force: who was merged, into whom."""
    rows = db.execute("SELECT from_id, into_id FROM regroupings WHERE kind = 'merge' AND undone_at IS NULL")
    return {row[0]: row[1] for row in rows}


def mark_undone(db: Connection, regrouping_id: str, worker_id: str, undone_at: str) -> None:
    """Keep that a regrouping was taken back."""
    db.execute(
        "UPDATE regroupings SET undone_by = ?, undone_at = ? WHERE id = ?", (worker_id, undone_at, regrouping_id)
    )


def set_merged(db: Connection, contact_id: str, into_id: str | None) -> None:
    """Let a contact stand under the one that is kept, or by itself again."""
    db.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", (into_id, contact_id))


def move_notes(db: Connection, regrouping_id: str, note_ids: Sequence[str], into_id: str) -> None:
    """Put notes with another contact; their content stays as it was written."""
    chosen = to_text(list(note_ids))
    db.execute(
        "INSERT INTO regrouped_notes(regrouping_id, encounter_id, subject_before)"
        " SELECT ?, id, subject_id FROM encounters WHERE id IN (SELECT value FROM json_each(?))",
        (regrouping_id, chosen),
    )
    put_notes_with(db, note_ids, into_id)


def move_notes_back(db: Connection, regrouping_id: str, from_id: str, held_by: str) -> tuple[str, ...]:
    """Put notes back that are still with the contact that holds them now; returns which."""
    rows = db.execute(
        "SELECT n.encounter_id, n.subject_before FROM regrouped_notes n JOIN encounters e ON e.id = n.encounter_id"
        " WHERE n.regrouping_id = ? AND e.contact_id = ? ORDER BY e.seq",
        (regrouping_id, held_by),
    ).fetchall()
    db.executemany(
        "UPDATE encounters SET contact_id = ?, subject_id = ? WHERE id = ?",
        [(from_id, subject, note_id) for note_id, subject in rows],
    )
    return tuple(row[0] for row in rows)


def list_gone_home(db: Connection, split_id: str) -> dict[str, str]:
    """Return, of the notes of a split, whom each belongs to where the merge that had brought it was undone since.

    Of a chain of merges the first one undone says whose the note was; both are contact ids by note.
    """
    rows = db.execute(
        "SELECT n.encounter_id, m.from_id FROM regroupings s JOIN regrouped_notes n ON n.regrouping_id = s.id"
        " JOIN regrouped_notes b ON b.encounter_id = n.encounter_id JOIN regroupings m ON m.id = b.regrouping_id"
        " JOIN encounters e ON e.id = n.encounter_id JOIN contacts t ON t.id = s.into_id"
        " WHERE s.id = ? AND m.kind = 'merge' AND m.seq < s.seq AND m.undone_at >= s.made_at"
        " AND e.contact_id IN (t.id, t.merged_into) ORDER BY m.seq DESC",
        (split_id,),
    )
    return {row[0]: row[1] for row in rows}


def put_notes_with(db: Connection, note_ids: Sequence[str], contact_id: str) -> None:
    """Put notes with a contact for good: no undo takes them back to where they were."""
    db.execute(
        "UPDATE encounters SET contact_id = ?1, subject_id = ?1 WHERE id IN (SELECT value FROM json_each(?2))",
        (contact_id, to_text(list(note_ids))),
    )


def moved_who_she_is(db: Connection, regrouping_id: str) -> bool:
    """Tell whether a name or what a linkage code is made of moved with a regrouping: both leave with notes."""
    return db.execute(
        "SELECT 1 FROM regrouped_rows WHERE regrouping_id = ? AND kind IN ('identities', 'linkage')", (regrouping_id,)
    ).fetchone() is not None  # fmt: skip


def say_different(db: Connection, one_id: str, other_id: str, worker_id: str, said_at: str) -> None:
    """Keep that two contacts are not the same person."""
    first, second = sorted((one_id, other_id))
    db.execute(
        "INSERT INTO different_people(one_id, other_id, worker_id, said_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (first, second, worker_id, said_at),
    )


def unsay_different(db: Connection, one_id: str, other_id: str) -> None:
    """Forget that two contacts were said not to be the same person."""
    db.execute("DELETE FROM different_people WHERE one_id = ? AND other_id = ?", tuple(sorted((one_id, other_id))))


def list_different(db: Connection, contact_id: str) -> frozenset[str]:
    """Return who is not the same person as this contact."""
    rows = db.execute(
        "SELECT one_id FROM different_people WHERE other_id = ?1 UNION"
        " SELECT other_id FROM different_people WHERE one_id = ?1",
        (contact_id,),
    )
    return frozenset(row[0] for row in rows)


def _centre(db: Connection, found: Regrouping) -> ConfirmationState:
    """Return how far the centre has followed what was done last; taking a split back is a merge of its own."""
    undone = found.kind == "merge" and found.undone_at is not None
    return notices.state_of(db, notices.find_apart(db, found.id) if undone else found.id)[0]


def _regrouping(row: Any) -> Regrouping:
    found, kind, from_id, from_name, into_id, into_name, reason, worker, made_at, notes, undone_at, undone_by = row
    return Regrouping(
        found, kind, from_id, from_name, into_id, into_name, reason, worker, instant(made_at), notes,
        instant_or_none(undone_at), undone_by,
    )  # fmt: skip
