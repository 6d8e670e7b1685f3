"""The copy of the pack in use that lies beside the vault, so that leaflets and help lines are the same while locked.

It holds nothing secret: every laptop of the centre has the same file. The vault is the truth; at each unlocking the
copy is compared with it and made anew. Whoever can change the copy could change a list of keys beside it as well, so
nothing but its own list of hashes is looked at: it tells what a disk did to it. A line beside it names the program that
read the pack and found it whole; under another program the shipped texts hold until an unlocking reads it again.
Until the vault has vouched for it, its help line is shown after the shipped one and never in its place.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from outreach_app import logs
from outreach_app.content import NOTHING, Content
from outreach_app.errors import KnownError
from outreach_app.services.pack_reader import reader
from outreach_app.sync.packs.archive import PACKED_LIMIT, read_archive
from outreach_app.vault.layout import CONTENT_COPY, CONTENT_READER
from outreach_app.vault.safe_files import read_limited, replace_durably

_log = logging.getLogger(__name__)
_LINE_LIMIT = 256


def read_copy(folder: Path) -> Content:
    """Return the content in the copy; what is shipped where there is none, or a damaged one. Never raises."""
    data = read_limited(folder / CONTENT_COPY, PACKED_LIMIT)
    if data is None:
        return NOTHING
    try:
        content = content_of(data)
    except KnownError:
        logs.event(_log, "content_copy_damaged")
        return NOTHING
    if not _was_read(folder, content.sha256):
        logs.event(_log, "content_copy_of_another_program")
        return NOTHING
    return replace(content, proven=False)


def content_of(data: bytes) -> Content:
    """Return a pack as content to be used; raises PackArchiveError."""
    archive = read_archive(data)
    published_on = datetime.fromisoformat(archive.manifest.published_at).date()
    return Content(hashlib.sha256(data).hexdigest(), archive.files, published_on)


def is_copied(folder: Path, sha256: str) -> bool:
    """Tell whether the copy is the pack with this hash (64 hex digits), as this program read it."""
    data = read_limited(folder / CONTENT_COPY, PACKED_LIMIT)
    return data is not None and hashlib.sha256(data).hexdigest() == sha256 and _was_read(folder, sha256)


def write_copy(folder: Path, data: bytes) -> None:
    """Put a pack that this program found whole beside the vault; without room the next unlocking tries again."""
    for name, content in ((CONTENT_COPY, data), (CONTENT_READER, _line(hashlib.sha256(data).hexdigest()))):
        file = folder / name
        try:
            replace_durably(file, content)
        except OSError:
            logs.event(_log, "content_copy_not_written")
            _remove(file.with_name(file.name + ".new"))
            return


def remove_copy(folder: Path) -> None:
    """Take away a copy of which the vault knows nothing, or that this program cannot use."""
    for name in (CONTENT_COPY, CONTENT_READER):
        _remove(folder / name)


def _was_read(folder: Path, sha256: str) -> bool:
    return read_limited(folder / CONTENT_READER, _LINE_LIMIT) == _line(sha256)


def _line(sha256: str) -> bytes:
    return f"{sha256} {reader()}\n".encode()


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        logs.event(_log, "content_copy_not_removed")
