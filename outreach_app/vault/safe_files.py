"""Small files written so that a power cut leaves the old or the new content, readable by the worker alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)  # a link put in place must not lead the writing elsewhere
_BINARY = getattr(os, "O_BINARY", 0)


def create_empty(file: Path) -> None:
    """Make a new empty file that only the worker can read.

    Raises:
        OSError: it exists, or cannot be made.
    """
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_FOLLOW | _BINARY, FILE_MODE))


def replace_durably(file: Path, content: bytes) -> None:
    """Write ``content`` under ``file``'s name: temporary file, fsync, rename, fsync of the folder."""
    temporary = file.with_name(file.name + ".new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | _BINARY, FILE_MODE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(file)
    sync_folder(file.parent)


def overwrite_durably(file: Path, content: bytes) -> None:
    """Write ``content`` over the beginning of ``file`` in place and fsync: needs no space once the file is there."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | NO_FOLLOW | _BINARY, FILE_MODE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())


def read_limited(file: Path, limit: int) -> bytes | None:
    """Return the content, None when the file is missing, cannot be read, or holds more than ``limit`` bytes."""
    try:
        with file.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError:
        return None
    return content if len(content) <= limit else None


def sync_file(file: Path) -> None:
    """Make the content of ``file`` durable.

    Raises:
        OSError: the disk refused.
    """
    handle = os.open(file, os.O_RDWR | NO_FOLLOW | _BINARY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable where the system has a way to."""
    if sys.platform == "win32":  # pragma: no cover - Windows has no fsync of folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
