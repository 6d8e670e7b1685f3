"""Unfinished notes, journalled as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach_app.records.rows import Connection, from_text, instant, to_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stood: its fields, and where the worker was (page, field, cursor)."""

    id: str
    fields: Mapping[str, Any]
    page: str
    field: str
    cursor: int
    kept_at: datetime
    health: bytes | None = None


def keep_draft(db: Connection, draft: Draft, kept_at: str, *, health_known: bool = True) -> None:
    """Keep the draft as it stands, in place of what was kept before; an unknown health part stays as it was."""
    health = "excluded.health" if health_known else "drafts.health"
    db.execute(
        "INSERT INTO drafts(id, fields, health, page, field, cursor, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (id) DO UPDATE SET fields = excluded.fields, health = {health}, page = excluded.page,"
        " field = excluded.field, cursor = excluded.cursor, kept_at = excluded.kept_at",
        (draft.id, to_text(dict(draft.fields)), draft.health, draft.page, draft.field, draft.cursor, kept_at),
    )


def list_drafts(db: Connection) -> tuple[Draft, ...]:
    """Return all drafts, the one typed last first."""
    rows = db.execute("SELECT id, fields, page, field, cursor, kept_at, health FROM drafts ORDER BY kept_at DESC")
    return tuple(
        Draft(row[0], from_text(row[1], dict[str, Any]), row[2], row[3], row[4], instant(row[5]), row[6])
        for row in rows
    )


def drop_draft(db: Connection, draft_id: str) -> None:
    """Forget a draft: it was finished, or the worker discarded it."""
    db.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))
