"""Where sealed health blocks lie, what each is bound to, and how all of them are sealed anew."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.records.rows import Connection


def version_context(note_id: str) -> bytes:
    """Return what the health block of a note's version is bound to."""
    return f"encounter_versions.health {note_id}".encode()


def draft_context(draft_id: str) -> bytes:
    """Return what the health fields of a draft are bound to."""
    return f"drafts.health {draft_id}".encode()


def reseal_health(db: Connection, again: Callable[[bytes, bytes], bytes]) -> None:
    """Put every health block through ``again(block, context)`` and keep what it returns, inside a transaction."""
    versions = db.execute("SELECT encounter_id, version, health FROM encounter_versions WHERE health IS NOT NULL")
    db.executemany(
        "UPDATE encounter_versions SET health = ? WHERE encounter_id = ? AND version = ?",
        [(again(block, version_context(note_id)), note_id, version) for note_id, version, block in versions.fetchall()],
    )
    drafts = db.execute("SELECT id, health FROM drafts WHERE health IS NOT NULL").fetchall()
    db.executemany(
        "UPDATE drafts SET health = ? WHERE id = ?",
        [(again(block, draft_context(draft_id)), draft_id) for draft_id, block in drafts],
    )
