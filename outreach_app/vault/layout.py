"""Names and sizes that several modules of the engine share, and whether a vault is there; quick to import."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE = "vault.db"
JOURNAL = DATABASE + "-journal"
REBUILT = DATABASE + ".new"  # a whole copy, about to take the database's place
STAGE = "creating"  # a vault is made in this folder and moved out when it is whole
PAGE_BYTES = 4096
SLOT_FILES = ("slots.a", "slots.b")
BACKUPS = "backups"
KEPT = "kept"  # damaged files, put aside when a backup was restored
SLOT_COPY = "slots"  # in the backups' folder: the newest slot file once more
ERASING = "erasing"  # the mark of a vault that is being destroyed: nothing opens it any more
ANCHOR_FILES = ("anchor.0", "anchor.1")
CONTENT_COPY = "content.zip"  # the pack in use, public, for leaflets and help lines while locked
CONTENT_READER = "content.reader"  # which program read that pack and found it whole
COUNTER_INBOX = "counter.inbox"
RECOVERY_PENDING = "recovery.pending"
RESERVE = "reserve.bin"
TRIES = "tries"


def vault_exists(folder: Path) -> bool:
    """Tell whether a vault, or a part of one, is in the folder; one left half made does not count."""
    if is_there(folder / DATABASE) or is_there(folder / BACKUPS / SLOT_COPY):  # a backup can take its place
        return True
    return not is_there(folder / STAGE) and any(is_there(folder / name) for name in SLOT_FILES)


def is_there(path: Path) -> bool:
    """Tell whether anything, a broken link included, has this name; a name the system cannot have is not there."""
    return os.path.lexists(path)
