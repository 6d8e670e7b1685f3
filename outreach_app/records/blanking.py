"""Writing a note's versions, to-dos and drafts again without some of their words: the one change that overwrites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outreach_app.domain.encounter import Encounter
from outreach_app.records.encounters import FIRST_WORDS, StoredNote, StoredVersion, next_version
from outreach_app.records.rows import Connection, from_text, to_text

Blank = Callable[[Any], tuple[Any, int]]
"""Takes JSON values, returns them blanked and how many places that were."""


def blanked_version(stored: StoredVersion, blank: Blank) -> tuple[Encounter, int]:
    """Return the content of a version without the words, and in how many places they stood."""
    tree, count = blank(from_text(to_text(stored.content), dict[str, Any]))
    return from_text(to_text(tree), Encounter), count


def overwrite_version(db: Connection, note_id: str, stored: StoredVersion) -> None:
    """Write a version again; what stood there is gone."""
    db.execute(
        "UPDATE encounter_versions SET content = ?, health = ?, reason = ? WHERE encounter_id = ? AND version = ?",
        (to_text(stored.content), stored.health, stored.reason, note_id, stored.version),
    )


def follow_with_blanked(db: Connection, note: StoredNote, content: Encounter) -> None:
    """Let the note's row point at the version that came of blanking."""
    db.execute(
        "UPDATE encounters SET first_words = ?, version = ? WHERE id = ?",
        (content.note[:FIRST_WORDS], next_version(db, note.version), note.id),
    )


def list_draft_fields(db: Connection, note_id: str) -> list[tuple[str, str, bytes | None]]:
    """Return (draft, its fields as JSON text, its sealed health part) of drafts that name the note."""
    return db.execute("SELECT id, fields, health FROM drafts WHERE instr(fields, ?) > 0", (note_id,)).fetchall()


def overwrite_draft(db: Connection, draft_id: str, fields: str, health: bytes | None) -> None:
    """Write a draft's fields again; where the worker was in it stays."""
    db.execute("UPDATE drafts SET fields = ?, health = ? WHERE id = ?", (fields, health, draft_id))
