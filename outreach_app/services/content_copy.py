"""The copy of the pack in use that lies beside the vault, so that leaflets and help lines are the same while locked.

It holds nothing secret: every laptop of the centre has the same file. The vault is the truth; at each unlocking the
copy is compared with it and made anew. Whoever can change the copy could change a list of keys beside it as well, so
nothing but its own list of hashes is looked at: it tells what a disk did to it.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from outreach_app import logs
from outreach_app.content import NOTHING, Content
from outreach_app.errors import KnownError
from outreach_app.sync.packs.archive import PACKED_LIMIT, read_archive
from outreach_app.vault.layout import CONTENT_COPY
from outreach_app.vault.safe_files import read_limited, replace_durably

_log = logging.getLogger(__name__)


def read_copy(folder: Path) -> Content:
    """Return the content in the copy; what is shipped where there is none, or a damaged one. Never raises."""
    data = read_limited(folder / CONTENT_COPY, PACKED_LIMIT)
    if data is None:
        return NOTHING
    try:
        return content_of(data)
    except KnownError:
        logs.event(_log, "content_copy_damaged")
        return NOTHING


def content_of(data: bytes) -> Content:
    """Return a pack as content to be used; raises PackArchiveError."""
    return Content(hashlib.sha256(data).hexdigest(), read_archive(data).files)


def is_copied(folder: Path, sha256: str) -> bool:
    """Tell whether the copy is the pack with this hash (64 hex digits)."""
    data = read_limited(folder / CONTENT_COPY, PACKED_LIMIT)
    return data is not None and hashlib.sha256(data).hexdigest() == sha256


def write_copy(folder: Path, data: bytes) -> None:
    """Put the pack beside the vault; where there is no room the next unlocking tries again."""
    file = folder / CONTENT_COPY
    try:
        replace_durably(file, data)
    except OSError:
        logs.event(_log, "content_copy_not_written")
        _remove(file.with_name(file.name + ".new"))


def remove_copy(folder: Path) -> None:
    """Take away a copy of which the vault knows nothing."""
    _remove(folder / CONTENT_COPY)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        logs.event(_log, "content_copy_not_removed")
