"""The engine's own table ``vault_meta``: one row that says which vault this is and at which step it stands."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.vault import audit
from outreach_app.vault.anchor import FIRST_HEAD, Step
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import VaultDamagedError, VaultNewerError

ENGINE = 2  # grows when files or tables of the engine change; a higher one is refused

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
_SINCE_ENGINE_2 = (
    "salt BLOB NOT NULL DEFAULT x''",
    "epoch_began INTEGER NOT NULL DEFAULT 0",
    "health_generation INTEGER NOT NULL DEFAULT 0",
    "inbox_private BLOB NOT NULL DEFAULT x''",
)
_STEP = "epoch, step, head, previous, salt, epoch_began"


@dataclass(frozen=True)
class Meta:
    """The row: engine version, vault id, slot generation and step."""

    engine: int
    vault_id: str
    slot_generation: int
    step: Step


def create(connection: Connection, vault_id: str, made_at: str) -> Step:
    """Make the engine's tables for a new vault and return its first step."""
    connection.execute(_TABLE)
    connection.execute(
        "INSERT INTO vault_meta VALUES (1, ?, ?, ?, 1, 1, 0, ?, ?)", (1, vault_id, made_at, FIRST_HEAD, FIRST_HEAD)
    )
    upgrade(connection)
    return read(connection).step


def upgrade(connection: Connection) -> None:
    """Bring the engine's tables of a vault of engine 1 to this engine, inside a transaction."""
    for column in _SINCE_ENGINE_2:
        connection.execute(f"ALTER TABLE vault_meta ADD COLUMN {column}")
    audit.create(connection)
    connection.execute("UPDATE vault_meta SET engine = ?", (ENGINE,))


def read(connection: Connection) -> Meta:
    """Return the row.

    Raises:
        VaultDamagedError: the table or its row is missing.
        VaultNewerError: a newer program made the engine's tables.
    """
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_meta'").fetchone() is None:
        raise VaultDamagedError(part="vault.db")
    row = connection.execute("SELECT engine, vault_id, slot_generation, epoch, step, head, previous FROM vault_meta")
    found = row.fetchone()
    if found is None:
        raise VaultDamagedError(part="vault.db")
    if found[0] > ENGINE:
        raise VaultNewerError
    step = read_step(connection) if found[0] == ENGINE else Step(*found[3:])
    return Meta(found[0], found[1], found[2], step)


def read_step(connection: Connection) -> Step:
    """Return only the step; asked at each transaction."""
    return Step(*connection.execute(f"SELECT {_STEP} FROM vault_meta").fetchone())


def write_step(connection: Connection, step: Step) -> None:
    """Move the vault to ``step``, inside a transaction."""
    connection.execute(
        "UPDATE vault_meta SET epoch = ?, step = ?, head = ?, previous = ?, salt = ?, epoch_began = ?",
        (step.epoch, step.number, step.head, step.previous, step.salt, step.began),
    )


def write_slot_generation(connection: Connection, generation: int) -> None:
    """Remember which generation of the slot file belongs to the vault, inside a transaction."""
    connection.execute("UPDATE vault_meta SET slot_generation = ?", (generation,))


def read_health_generation(connection: Connection) -> int:
    """Return how often the health part was replaced by a fresh one."""
    return int(connection.execute("SELECT health_generation FROM vault_meta").fetchone()[0])


def write_health_generation(connection: Connection, generation: int) -> None:
    """Remember how often the health part was replaced, inside a transaction."""
    connection.execute("UPDATE vault_meta SET health_generation = ?", (generation,))


def read_inbox_private(connection: Connection) -> bytes:
    """Return the private key of ``counter.inbox``, empty when there is none yet."""
    return bytes(connection.execute("SELECT inbox_private FROM vault_meta").fetchone()[0])


def write_inbox_private(connection: Connection, private: bytes) -> None:
    """Keep the private key of ``counter.inbox``, inside a transaction."""
    connection.execute("UPDATE vault_meta SET inbox_private = ?", (private,))
