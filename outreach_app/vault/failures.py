"""The one place where faults of the library and of the disk become this program's errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from outreach_app.errors import CancelledError, DiskFullError, FolderNotWritableError, OutreachError
from outreach_app.vault import reserve
from outreach_app.vault.errors import (
    ConstraintError,
    DiskFaultError,
    SqlError,
    VaultClosedError,
    VaultDamagedError,
    VaultInUseError,
)

_PRIMARY = 0xFF  # the low byte of an extended result code
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_WAY = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ELOOP,
    errno.ENAMETOOLONG,
}  # fmt: skip


@contextmanager
def mapped(folder: Path) -> Iterator[None]:
    """Turn what the database library raises inside the block into errors of ours."""
    try:
        yield
    except sqlcipher3.Error as error:
        raise from_library(error, folder) from error


@contextmanager
def mapped_files(folder: Path) -> Iterator[None]:
    """Turn what the operating system raises inside the block into errors of ours."""
    try:
        yield
    except OSError as error:
        raise from_system(error, folder) from error


def from_library(error: Exception, folder: Path) -> OutreachError:
    """Return our error for one of the library's."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return _without_code(error, folder)
    known: dict[int, OutreachError] = {
        sqlite3.SQLITE_FULL: DiskFullError(),
        sqlite3.SQLITE_CORRUPT: VaultDamagedError(part="vault.db"),
        sqlite3.SQLITE_NOTADB: VaultDamagedError(part="vault.db"),
        sqlite3.SQLITE_INTERRUPT: CancelledError(),
        sqlite3.SQLITE_READONLY: FolderNotWritableError(folder=folder),
        sqlite3.SQLITE_CANTOPEN: _no_new_file(folder),
        sqlite3.SQLITE_PERM: FolderNotWritableError(folder=folder),
        sqlite3.SQLITE_BUSY: VaultInUseError(),
        sqlite3.SQLITE_LOCKED: VaultInUseError(),
        sqlite3.SQLITE_IOERR: DiskFaultError(),
        sqlite3.SQLITE_CONSTRAINT: ConstraintError(str(error)),
    }
    return known.get(code & _PRIMARY, SqlError(str(error)))


def from_system(error: OSError, folder: Path) -> OutreachError:
    """Return our error for one of the operating system's."""
    if error.errno in _NO_SPACE:
        return DiskFullError()
    if error.errno in _NO_WAY:
        return FolderNotWritableError(folder=folder)
    return DiskFaultError()


def _no_new_file(folder: Path) -> OutreachError:
    """The library does not tell why no file could be made; a disk without room is told in its own words."""
    return DiskFullError() if reserve.is_needed(folder) else FolderNotWritableError(folder=folder)


def _without_code(error: Exception, folder: Path) -> OutreachError:
    """Errors raised before a statement runs carry no code; only two of them are not ours."""
    text = str(error)
    if "closed database" in text:
        return VaultClosedError()
    if "unable to open" in text:
        return _no_new_file(folder)
    return SqlError(text)
