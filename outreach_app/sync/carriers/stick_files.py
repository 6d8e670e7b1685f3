"""Reading and writing on a stick that may be full, protected, pulled out, broken, or made to harm.

Read: plain files only, found without a look into each, sizes checked before. Write: all of it or nothing, read back
from the stick itself before anybody is told.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from outreach_app.sync.errors import (
    StickCrowdedError,
    StickFullError,
    StickGoneError,
    StickProtectedError,
    StickReadBackError,
    StickUnusableError,
    SyncError,
)

FILES_LIMIT = 10_000
HALF_WRITTEN_SECONDS = 24 * 3600  # nobody writes one file for longer
_PART_NAME = re.compile(r"\.outreach-[0-9a-f]{16}\.part\Z")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PROTECTED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.ENOTCONN, errno.ESTALE})
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FLUSH = _READ | (os.O_RDWR if os.name == "nt" else 0)  # Windows flushes only what may be written
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def names_like(folder: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return the names in ``folder`` that ``pattern`` matches, sorted without regard to case; no file is looked at.

    Raises:
        StickGoneError, StickProtectedError, StickUnusableError: it cannot be listed. StickCrowdedError: more than
            ``FILES_LIMIT`` match.
    """
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if pattern.match(entry.name):
                    found.append(entry.name)
                if len(found) > FILES_LIMIT:
                    raise StickCrowdedError(folder=folder.name)
    except OSError as error:
        raise _sentence_for(error, folder) from error
    return sorted(found, key=lambda name: (name.lower(), name))


def read_plain(path: Path, limit: int, *, from_stick: bool = False) -> bytes | None:
    """Return the content of a plain file, None if it is none, is larger than ``limit`` bytes, or cannot be read.

    ``from_stick``: ask the stick, not what the computer remembers of it.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # a device is not even opened
            return None
        descriptor = os.open(path, _READ)
    except OSError:
        return None
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode) or state.st_size > limit:
            return None
        if from_stick:
            _forget(descriptor)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(state.st_size + 1)  # reading up to the limit would take its room in memory first
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return data if len(data) <= state.st_size else None  # else it grows at this moment


def write_whole(folder: Path, name: str, data: bytes) -> Path:
    """Write ``data`` under ``name`` and return its path; it was flushed, and read back from the stick.

    Raises:
        StickFullError, StickProtectedError, StickGoneError, StickReadBackError, StickUnusableError: what stood there
            before stands there still, and nothing half-written does.
    """
    path = folder / name
    if _lies_there(path, data):
        return path
    part = folder / f".outreach-{secrets.token_hex(8)}.part"
    try:
        _write_flushed(part, data)
        _expect(part, data)
        _put_in_place(part, path)
        _flush_folder(folder)
    except OSError as error:
        raise _sentence_for(error, folder) from error
    finally:
        with suppress(OSError):  # gone already when it was renamed, or together with the stick
            part.unlink()
    _expect(path, data)
    return path


def make_folder(folder: Path, name: str) -> Path:
    """Return a folder inside ``folder``, made if need be; errors as for ``write_whole``."""
    inside = folder / name
    try:
        with suppress(FileExistsError):
            inside.mkdir()
        if not stat.S_ISDIR(inside.lstat().st_mode):  # a link would lead away from the stick
            raise StickUnusableError(folder=name, reason="no folder")
    except OSError as error:
        raise _sentence_for(error, folder) from error
    return inside


def is_folder(path: Path) -> bool:
    """Tell whether this is a folder of the stick; a link would lead away from it."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def drop_half_written(folder: Path, now: float) -> None:
    """Remove what runs left that ended in the middle of a file more than a day before ``now`` (seconds since 1970)."""
    for name in names_like(folder, _PART_NAME):
        with suppress(OSError):
            state = (folder / name).lstat()
            if stat.S_ISREG(state.st_mode) and now - state.st_mtime > HALF_WRITTEN_SECONDS:
                (folder / name).unlink()


def _lies_there(path: Path, data: bytes) -> bool:
    """Tell whether these bytes are on the stick itself: what was copied there before may be only in memory yet."""
    if read_plain(path, len(data)) != data:
        return False
    try:
        descriptor = os.open(path, _FLUSH)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _flush_folder(path.parent)
    except OSError:  # then it is written anew, and what stands in the way is told
        return False
    return read_plain(path, len(data), from_stick=True) == data


def _write_flushed(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _CREATE, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _expect(path: Path, data: bytes) -> None:
    if read_plain(path, len(data), from_stick=True) != data:
        raise StickReadBackError


def _put_in_place(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError:  # Windows replaces no file that is marked as read-only
        with suppress(OSError):
            if stat.S_ISREG(path.lstat().st_mode):
                path.chmod(0o600)
        part.replace(path)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be flushed there; the rename is written through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(descriptor: int) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sentence_for(error: OSError, folder: Path) -> SyncError:
    reason = errno.errorcode.get(error.errno or 0, "unknown")
    if error.errno in _FULL:
        return StickFullError()
    if error.errno in _PROTECTED:
        return StickProtectedError(folder=folder.name)
    if error.errno in _GONE:
        return StickGoneError(folder=folder.name, reason=reason)
    return StickUnusableError(folder=folder.name, reason=reason)
