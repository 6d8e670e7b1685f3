"""Small files a worker brings or takes: read with a limit, written where she chose."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from outreach_app.errors import DiskFullError, FileMissingError, FolderNotWritableError

MOST_BYTES = 1 << 20


def read_small_file(file: Path) -> bytes:
    """Return at most ``MOST_BYTES`` + 1 bytes, so that whoever checks them sees that there are too many.

    Raises:
        FileMissingError: it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileMissingError(file=file.name) from error


def write_file(data: bytes, file: Path) -> Path:
    """Write a file and return it once it lies on the disk or stick, which may then be pulled out.

    Raises:
        DiskFullError, FolderNotWritableError.
    """
    try:
        with file.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFullError from error
        raise FolderNotWritableError(folder=file.parent.name) from error
    return file
