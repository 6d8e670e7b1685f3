"""What can be told of a vault folder without a passphrase; nothing is changed, but for an erasing that is finished."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from outreach_app.errors import FolderNotWritableError
from outreach_app.vault import slot_file
from outreach_app.vault.erasing import finish_erasing
from outreach_app.vault.errors import VaultDamagedError, VaultEmptyError, VaultForeignError, VaultMissingError
from outreach_app.vault.layout import ANCHOR_FILES, DATABASE, is_there, vault_exists

_PLAIN_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class VaultInfo:
    """Format number, id, slots with their roles, and sizes in bytes (the whole folder in ``total_bytes``)."""

    format: int
    vault_id: str
    slots: int
    roles: tuple[str, ...]
    database_bytes: int
    total_bytes: int


def inspect_vault(folder: Path) -> VaultInfo:
    """Return what the vault shows to anyone.

    Raises:
        VaultMissingError, VaultEmptyError, VaultForeignError, VaultDamagedError, VaultNewerError: see ``check_files``.
    """
    check_files(folder)
    slots = slot_file.read_newest(folder)
    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return VaultInfo(
        format=int(slots.format.rpartition("/")[2]),
        vault_id=slots.vault_id,
        slots=len(slots.slots),
        roles=tuple(slot.header.role for slot in slots.slots),
        database_bytes=sizes[DATABASE],
        total_bytes=sum(sizes.values()),
    )


def check_files(folder: Path) -> None:
    """Refuse a folder that cannot hold a whole vault of this program.

    Raises:
        VaultMissingError: nothing of a vault is there.
        VaultDamagedError: the database is missing while its slots are there, or all slots are missing beside anchors.
        VaultEmptyError: the database has no content.
        VaultForeignError: a plain SQLite file, or something without slots.
    """
    file = folder / DATABASE
    if finish_erasing(folder) or not vault_exists(folder):
        raise VaultMissingError(folder=folder)
    if not file.is_file():
        raise VaultDamagedError(part=DATABASE)
    beginning = read_beginning(file)
    if beginning is None:
        raise FolderNotWritableError(folder=folder)
    if not beginning:
        raise VaultEmptyError(file=file)
    if beginning == _PLAIN_MAGIC:
        raise VaultForeignError(file=file)
    if not any(is_there(path) for path in slot_file.copies(folder)):
        if any(is_there(folder / name) for name in ANCHOR_FILES):
            raise VaultDamagedError(part="slots")
        raise VaultForeignError(file=file)


def check_writable(folder: Path) -> None:
    """Refuse a folder or database that may only be read.

    Raises:
        FolderNotWritableError: a change could not be saved.
    """
    if not (os.access(folder, os.W_OK | os.X_OK) and os.access(folder / DATABASE, os.R_OK | os.W_OK)):
        raise FolderNotWritableError(folder=folder)


def read_beginning(file: Path) -> bytes | None:
    """Return the first 16 bytes, None when the file cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(_PLAIN_MAGIC))
    except OSError:
        return None
