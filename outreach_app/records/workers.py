"""The workers who open this vault."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from outreach_app.records.rows import Connection, instant, instant_or_none


@dataclass(frozen=True, slots=True)
class Worker:
    """A person using the laptop; ``id`` is the slot's random id, ``name`` a name or initials that never leave."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class WorkerAtWork:
    """A worker with the instants of beginning and leaving; who has left keeps a row, for the notes that name her."""

    worker: Worker
    created_at: datetime
    removed_at: datetime | None


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


def list_workers(db: Connection) -> tuple[WorkerAtWork, ...]:
    """Return everybody who ever had a slot, in the order in which they came."""
    rows = db.execute("SELECT id, name, role, created_at, removed_at FROM workers ORDER BY created_at, id")
    return tuple(WorkerAtWork(Worker(*row[:3]), instant(row[3]), instant_or_none(row[4])) for row in rows)


def forget_worker(db: Connection, worker_id: str) -> None:
    """Drop a worker who never got a slot."""
    db.execute("DELETE FROM workers WHERE id = ?", (worker_id,))


def mark_removed(db: Connection, staying: Collection[str], removed_at: str) -> int:
    """Note that everybody but these has left; returns how many that were not noted yet."""
    gone = [
        worker.worker.id
        for worker in list_workers(db)
        if worker.removed_at is None and worker.worker.id not in staying
    ]
    db.executemany("UPDATE workers SET removed_at = ? WHERE id = ?", [(removed_at, worker_id) for worker_id in gone])
    return len(gone)
