"""The engine's own table ``vault_meta``: one row that says which vault this is and at which step it stands."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.vault.anchor import FIRST_HEAD, Step
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import VaultDamagedError

ENGINE = 1  # grows when files or tables of the engine change; a higher one is refused

_TABLE = """
CREATE TABLE vault_meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    engine INTEGER NOT NULL,
    vault_id TEXT NOT NULL,
    made_at TEXT NOT NULL,
    slot_generation INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    head BLOB NOT NULL,
    previous BLOB NOT NULL
) STRICT
"""


@dataclass(frozen=True)
class Meta:
    """The row: engine version, vault id, slot generation and step."""

    engine: int
    vault_id: str
    slot_generation: int
    step: Step


def create(connection: Connection, vault_id: str, made_at: str) -> Step:
    """Make the table for a new vault and return its first step."""
    connection.execute(_TABLE)
    connection.execute(
        "INSERT INTO vault_meta VALUES (1, ?, ?, ?, 1, 1, 0, ?, ?)", (ENGINE, vault_id, made_at, FIRST_HEAD, FIRST_HEAD)
    )
    return read(connection).step


def read(connection: Connection) -> Meta:
    """Return the row.

    Raises:
        VaultDamagedError: the table or its row is missing.
    """
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_meta'").fetchone() is None:
        raise VaultDamagedError(part="vault.db")
    row = connection.execute(
        "SELECT engine, vault_id, slot_generation, epoch, step, head, previous FROM vault_meta"
    ).fetchone()
    if row is None:
        raise VaultDamagedError(part="vault.db")
    return Meta(row[0], row[1], row[2], Step(*row[3:]))


def read_step(connection: Connection) -> Step:
    """Return only the step; asked at each transaction."""
    return Step(*connection.execute("SELECT epoch, step, head, previous FROM vault_meta").fetchone())


def write_step(connection: Connection, step: Step) -> None:
    """Move the vault to ``step``, inside a transaction."""
    connection.execute(
        "UPDATE vault_meta SET epoch = ?, step = ?, head = ?, previous = ?",
        (step.epoch, step.number, step.head, step.previous),
    )


def write_slot_generation(connection: Connection, generation: int) -> None:
    """Remember which generation of the slot file belongs to the vault, inside a transaction."""
    connection.execute("UPDATE vault_meta SET slot_generation = ?", (generation,))
