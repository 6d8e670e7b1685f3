"""The files of a pack from a folder at the centre: nothing that a pack may not hold, and no links."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from outreach_app.errors import FileMissingError
from outreach_app.services.errors import PackFileWrongError
from outreach_app.wire.content import ALLOWED_NAME, FILE_LIMIT


def files_in(folder: Path) -> Mapping[str, bytes]:
    """Return every file in ``folder`` by its name in a pack.

    Raises:
        PackFileWrongError: a file that no pack may hold, a link, or one that is too large.
        FileMissingError: unreadable.
    """
    return {file.relative_to(folder).as_posix(): _read(file, folder) for file in sorted(folder.rglob("*"))
            if file.is_symlink() or not file.is_dir()}  # fmt: skip


def _read(file: Path, folder: Path) -> bytes:
    name = file.relative_to(folder).as_posix()
    if file.is_symlink() or not ALLOWED_NAME.fullmatch(name):
        raise PackFileWrongError(file=name, reason="not a file that a pack may hold")
    try:
        with file.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except OSError as error:
        raise FileMissingError(file=name) from error
    if len(data) > FILE_LIMIT:
        raise PackFileWrongError(file=name, reason="too large")
    return data
