"""Brings a vault's tables to the newest form: numbered SQL files, each in one transaction, never backwards."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from outreach_app.errors import DiskFullError
from outreach_app.vault import meta
from outreach_app.vault.backups import MIGRATION, make_backup, room_needed
from outreach_app.vault.errors import MigrationError, NoRoomToUpdateError, VaultNewerError
from outreach_app.vault.open_vault import OpenVault

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_NOT_ITS_OWN = re.compile(r"(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|ATTACH|VACUUM)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\A(\s|--[^\n]*(\n|\Z)|/\*.*?\*/)*", re.DOTALL)


@dataclass(frozen=True)
class Migration:
    """One file: its number and its statements."""

    number: int
    statements: tuple[str, ...]


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Return the migrations of a folder in order.

    Raises:
        MigrationError: a gap in the numbers, a strange name, or a statement that is not complete.
    """
    migrations = []
    for expected, file in enumerate(sorted(folder.glob("*.sql")), start=1):
        name = _NAME.fullmatch(file.name)
        if name is None or int(name.group(1)) != expected:
            raise MigrationError(f"expected migration {expected:04d}, found {file.name}")
        migrations.append(Migration(expected, split_statements(file.read_text(encoding="utf-8"), file.name)))
    return tuple(migrations)


def refuse_newer(vault: OpenVault, migrations: tuple[Migration, ...]) -> None:
    """Refuse a vault whose tables this program does not know yet.

    Raises:
        VaultNewerError: nothing was changed.
    """
    if vault.schema_version > len(migrations):
        raise VaultNewerError


def migrate(vault: OpenVault, migrations: tuple[Migration, ...]) -> int:
    """Apply what is missing and return how many files that were; a vault with rows is backed up before.

    Raises:
        VaultNewerError: the vault is ahead of the migrations.
        NoRoomToUpdateError: there is no room for the backup; nothing was changed.
        Those of ``OpenVault.transaction``: the vault stands at the last migration that went through.
    """
    refuse_newer(vault, migrations)
    had = vault.schema_version
    missing, old_engine = migrations[had:], vault.engine < meta.ENGINE
    if old_engine or (missing and had):
        _back_up(vault)
    if old_engine:
        with vault.transaction() as connection:
            meta.upgrade(connection)
            vault.audit("migrated", detail=f"engine={meta.ENGINE}")
    for migration in missing:
        _apply(vault, migration, new=not had)
    return len(missing)


def _back_up(vault: OpenVault) -> None:
    try:
        make_backup(vault, kind=MIGRATION)
    except DiskFullError as error:
        raise NoRoomToUpdateError(megabytes=room_needed(vault) // 1_000_000 + 1) from error


def _apply(vault: OpenVault, migration: Migration, *, new: bool) -> None:
    with vault.transaction() as connection:
        for statement in migration.statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {migration.number}")
        if not new:
            vault.audit("migrated", detail=f"schema={migration.number}")


def split_statements(text: str, name: str) -> tuple[str, ...]:
    """Split SQL text at the semicolons that end statements (not those in texts, comments or trigger bodies).

    Raises:
        MigrationError: a statement is not complete, or manages transactions or settings by itself.
    """
    statements: list[str] = []
    pending = ""
    for piece in re.split(r"(?<=;)", text):
        pending += piece
        if piece.endswith(";") and sqlite3.complete_statement(pending):
            statements.append(_checked(pending, name))
            pending = ""
    if _without_comments(pending):
        raise MigrationError(f"{name}: the last statement does not end")
    return tuple(statements)


def _checked(statement: str, name: str) -> str:
    bare = _without_comments(statement)
    if _NOT_ITS_OWN.match(bare):
        raise MigrationError(f"{name}: transactions and settings belong to the engine")
    return bare


def _without_comments(text: str) -> str:
    """Return ``text`` without the comments and blanks before its first word."""
    return text[_leading(text) :].strip()


def _leading(text: str) -> int:
    found = _COMMENT.match(text)
    return found.end() if found else 0
