"""The directory the program goes by: the one shipped with it.

Read with plain ``json`` because the top bar asks for it while the window starts; what it holds is checked all the same.
A directory from anywhere else comes through ``untrusted``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.leaflets.directory.entries import Directory
from outreach_app.leaflets.directory.reading import directory_of
from outreach_app.leaflets.errors import DirectoryMissingError
from outreach_app.paths import shipped_folder


@lru_cache(maxsize=1)
def help_lines() -> Directory:
    """Return the directory; raises DirectoryMissingError."""
    return shipped_directory(shipped_folder("resources") / "directory" / "directory.json")


def shipped_directory(path: Path) -> Directory:
    """Return the directory in a file of this installation; raises DirectoryMissingError if it is absent or damaged."""
    try:
        return directory_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KnownError) as damaged:
        raise DirectoryMissingError(entry=path.name) from damaged
