"""Filters a worker wants again, each under a name of hers; they never leave."""

from __future__ import annotations

from outreach_app.domain.finding import Filters, KeptSearch
from outreach_app.records.rows import Connection, from_text, to_text


def add_search(db: Connection, kept: KeptSearch, worker_id: str, made_at: str) -> None:
    """Keep filters; those dropped before come back under the same id."""
    db.execute(
        "INSERT INTO kept_searches(id, worker_id, name, filters, made_at) VALUES (?, ?, ?, ?, ?)",
        (kept.id, worker_id, kept.name, to_text(kept.filters), made_at),
    )


def list_searches(db: Connection, worker_id: str) -> tuple[KeptSearch, ...]:
    """Return a worker's kept filters by name."""
    rows = db.execute("SELECT id, name, filters FROM kept_searches WHERE worker_id = ? ORDER BY name, id", (worker_id,))
    return tuple(KeptSearch(row[0], row[1], from_text(row[2], Filters)) for row in rows)


def rename_search(db: Connection, search_id: str, name: str) -> None:
    """Give kept filters another name."""
    db.execute("UPDATE kept_searches SET name = ? WHERE id = ?", (name, search_id))


def drop_search(db: Connection, search_id: str) -> None:
    """Forget kept filters."""
    db.execute("DELETE FROM kept_searches WHERE id = ?", (search_id,))
