"""Counts what happens while the vault is locked: records sealed to a key whose other half lies in the vault.

Each record has the same size, whatever it says. The file says only how many there are.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from outreach_app.errors import BugError
from outreach_app.vault import key_pair, meta, slot_file
from outreach_app.vault.connection import Connection
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import COUNTER_INBOX
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.safe_files import FILE_MODE, NO_FOLLOW, read_limited, sync_folder

NAME = COUNTER_INBOX
MOST_BYTES = 1 << 20  # some 600 records; what comes after is not counted
PLAIN_BYTES = 512  # two bytes of length, the content, zeros
RECORD_BYTES = 1120 + PLAIN_BYTES + 16  # the encapsulated key, the text, its tag
_LENGTH_BYTES = 2
_BINARY = getattr(os, "O_BINARY", 0)


def append(folder: Path, content: bytes) -> bool:
    """Add one sealed record; needs no passphrase.

    Args:
        folder: of the vault.
        content: at most 510 bytes, with an id of its own, so that reading it twice does no harm.

    Returns:
        Whether it was counted; not when the file is full or the vault has no key for it yet.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError, VaultNewerError: it was not.
    """
    file = slot_file.read_newest(folder)
    if not file.inbox_key:
        return False
    record = key_pair.seal(file.inbox_key, _padded(content), _info(file.vault_id))
    with mapped_files(folder):
        handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_FOLLOW | _BINARY, FILE_MODE)
        try:
            size = os.fstat(handle).st_size
            torn = bytes(-size % RECORD_BYTES)  # fills up a record that was cut off when power failed
            if size + len(torn) + RECORD_BYTES > MOST_BYTES:
                return False
            if os.write(handle, torn + record) < len(torn + record):  # the disk took a part and is full now
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(folder)  # its name may be new, or left by a record that failed
    return True


def take_in(vault: OpenVault, handle: Callable[[Connection, bytes], None]) -> int:
    """Hand every record to ``handle`` in one transaction, then empty the file; return how many there were.

    Power may fail before the file is emptied: ``handle`` must take a record it has had already as nothing new. What
    does not open (cut off, changed, or for another key) is left out.

    Raises:
        Those of ``OpenVault.transaction`` and of ``handle``: nothing was taken in, and the file is as it was.
    """
    file = vault.folder / NAME
    content = read_limited(file, MOST_BYTES)
    if not content:
        return 0
    with vault.read() as connection:
        private = meta.read_inbox_private(connection)
    records = _opened(content, private, vault.vault_id) if private else []
    if records:
        with vault.transaction() as connection:
            for record in records:
                handle(connection, record)
    with mapped_files(vault.folder):
        if file.stat().st_size == len(content):  # more came meanwhile: all of it at the next opening
            file.unlink()
    return len(records)


def _opened(content: bytes, private: bytes, vault_id: str) -> list[bytes]:
    pieces = [content[at : at + RECORD_BYTES] for at in range(0, len(content), RECORD_BYTES)]
    plains = [key_pair.unseal(private, piece, _info(vault_id)) for piece in pieces if len(piece) == RECORD_BYTES]
    return [_unpadded(plain) for plain in plains if plain is not None and len(plain) == PLAIN_BYTES]


def _padded(content: bytes) -> bytes:
    if len(content) > PLAIN_BYTES - _LENGTH_BYTES:
        raise BugError("a counter record is too long")
    return (len(content).to_bytes(_LENGTH_BYTES, "big") + content).ljust(PLAIN_BYTES, b"\0")


def _unpadded(plain: bytes) -> bytes:
    length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
    return plain[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _info(vault_id: str) -> bytes:
    return b"outreach-counter/1 " + vault_id.encode()
