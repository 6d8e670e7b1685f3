"""The workers who open this vault."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.records.rows import Connection


@dataclass(frozen=True, slots=True)
class Worker:
    """A person using the laptop; ``id`` is the slot's random id, ``name`` a name or initials that never leave."""

    id: str
    name: str
    role: str


def add_worker(db: Connection, worker: Worker, created_at: str) -> None:
    """Keep a worker."""
    db.execute(
        "INSERT INTO workers(id, name, role, created_at) VALUES (?, ?, ?, ?)",
        (worker.id, worker.name, worker.role, created_at),
    )


def find_worker(db: Connection, worker_id: str) -> Worker | None:
    """Return the worker of a slot."""
    row = db.execute("SELECT id, name, role FROM workers WHERE id = ?", (worker_id,)).fetchone()
    return None if row is None else Worker(*row)
