"""A file of 8 MiB that is given up when the disk is nearly full, so that what is being written can still be saved.

The database library undoes a change that finds no room, and it cannot be tried once more; so the room is made before
the change begins. If the disk fills up within one change that change is refused, and the reserve given up for the next.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from outreach_app.vault.layout import RESERVE
from outreach_app.vault.safe_files import create_empty

NAME = RESERVE
BYTES = 8 << 20
LOW_BYTES = 1 << 20  # less than this, and a change may not fit
_AMPLE_BYTES = 4 * BYTES  # nothing is taken from a disk that has less


def make(folder: Path) -> None:
    """Take the room if the reserve is not there and the disk has plenty; a disk that refuses has none to give."""
    file = folder / NAME
    with suppress(OSError):
        if file.exists() and file.stat().st_size == BYTES:
            return
        if shutil.disk_usage(folder).free < _AMPLE_BYTES:
            return
        file.unlink(missing_ok=True)
        create_empty(file)
        try:
            _fill(file)
        except OSError:
            file.unlink(missing_ok=True)


def give_up(folder: Path) -> bool:
    """Free the room; return whether there was any."""
    try:
        (folder / NAME).unlink()
    except OSError:
        return False
    return True


def is_needed(folder: Path) -> bool:
    """Tell whether so little room is left that a change may not fit."""
    try:
        return shutil.disk_usage(folder).free < LOW_BYTES
    except OSError:
        return False


def _fill(file: Path) -> None:
    with file.open("r+b") as stream:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(stream.fileno(), 0, BYTES)
        else:  # pragma: no cover - a system that cannot set room aside without writing
            stream.write(bytes(BYTES))
        stream.flush()
        os.fsync(stream.fileno())
