"""Where the files of a content pack come from: a folder that somebody names, or what the program is shipped with.

Every file must be one that a pack may hold, under its own name. Links and anything odd are refused, not passed over:
what custodians sign is what was meant.
"""

from __future__ import annotations

import stat
from pathlib import Path

from outreach_app.content import LOCALES, read_shipped_content
from outreach_app.paths import shipped_folder
from outreach_app.sync.packs.errors import SourceUnusableError
from outreach_app.wire.content import ALLOWED_NAME, FILE_LIMIT, MOST_FILES

_MOST_LOOKED_AT = 10 * MOST_FILES


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by the name they have in a pack.

    Raises:
        SourceUnusableError: no folder, nothing in it, a link, or a file that no pack may hold; names it.
    """
    files: dict[str, bytes] = {}
    try:
        for count, path in enumerate(sorted(folder.rglob("*"))):
            if count > _MOST_LOOKED_AT:
                raise SourceUnusableError(folder=folder.name, reason="too many files")
            state = path.lstat()
            if not stat.S_ISDIR(state.st_mode):
                name = path.relative_to(folder).as_posix()
                files[name] = _read(folder, path, name, state.st_mode, state.st_size)
    except OSError as error:
        raise SourceUnusableError(folder=folder.name, reason=type(error).__name__) from error
    if not files:
        raise SourceUnusableError(folder=folder.name, reason="no files")
    return files


def shipped_files() -> dict[str, bytes]:
    """Return all content that the program is shipped with, by the name it has in a pack."""
    resources, locales = shipped_folder("resources"), shipped_folder(LOCALES)
    names = [path.relative_to(resources).as_posix() for path in resources.rglob("*.json")]
    catalogues = locales.glob("*/LC_MESSAGES/leaflets.po")
    names += [f"{LOCALES}/{path.parts[-3].replace('_', '-')}/leaflets.po" for path in catalogues]
    return {name: read_shipped_content(name) for name in sorted(names) if ALLOWED_NAME.fullmatch(name)}


def _read(folder: Path, path: Path, name: str, mode: int, size: int) -> bytes:
    if not stat.S_ISREG(mode) or not ALLOWED_NAME.fullmatch(name) or size > FILE_LIMIT:
        raise SourceUnusableError(folder=folder.name, reason=name)
    return path.read_bytes()
