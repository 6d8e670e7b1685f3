"""The end of a vault: what opens it is destroyed first, then the rest of ours in its folder and the settings beside it.

A mark is written before anything is touched. Where it stands, nothing is opened any more: whoever comes next, after a
kill or a power cut, finishes the erasing instead. Overwriting may miss old blocks of a solid-state disk; without the
slots they hold nothing that can be read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from outreach_app.errors import DiskFullError
from outreach_app.settings import forget_settings
from outreach_app.vault import lock_file, reserve
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import (
    ANCHOR_FILES,
    BACKUPS,
    CONTENT_COPY,
    CONTENT_READER,
    COUNTER_INBOX,
    DATABASE,
    ERASING,
    JOURNAL,
    KEPT,
    REBUILT,
    RECOVERY_PENDING,
    RESERVE,
    SLOT_COPY,
    SLOT_FILES,
    STAGE,
    TRIES,
    is_there,
)
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.safe_files import read_limited, replace_durably, sync_folder

_MARK = b"outreach-erasing/1\n"
_BLOCK = 1 << 20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NEW = ".new"  # what safe_files leaves when the power fails before its rename
_WAYS_IN = (*SLOT_FILES, f"{BACKUPS}/{SLOT_COPY}", RECOVERY_PENDING)
_REST = (DATABASE, JOURNAL, REBUILT, f"{REBUILT}-journal", RESERVE, TRIES, CONTENT_COPY, CONTENT_READER)
_FOLDERS = (BACKUPS, KEPT, STAGE)


def begin_erasing(folder: Path) -> None:
    """Write the mark: from now on nothing opens this vault, and ``finish_erasing`` destroys it.

    On a full disk the reserve makes the room: who has to erase must not have to tidy up first.

    Raises:
        FolderNotWritableError, DiskFaultError, DiskFullError: nothing was touched but the reserve.
    """
    try:
        _write_mark(folder)
    except DiskFullError:
        if not reserve.give_up(folder):
            raise
        _write_mark(folder)


def is_erasing(folder: Path) -> bool:
    """Tell whether the vault in this folder is being erased; a file that merely has the mark's name is not the mark."""
    return is_there(folder / ERASING) and read_limited(folder / ERASING, len(_MARK)) == _MARK


def finish_erasing(folder: Path) -> bool:
    """Finish what was begun; returns False, having done nothing, where no mark stands.

    Raises:
        VaultInUseError: another program is doing it. FolderNotWritableError, DiskFaultError: call again.
    """
    if not is_erasing(folder):
        return False
    lock = VaultLock(folder)
    try:
        with mapped_files(folder):
            _destroy(folder, [name for each in _WAYS_IN for name in (each, each + _NEW)])
            _destroy(folder, [*ANCHOR_FILES, COUNTER_INBOX, *_files_in(folder, BACKUPS)])
            _remove_rest(folder)
            forget_settings(folder)
    finally:
        lock.release()
    with mapped_files(folder):
        (folder / lock_file.NAME).unlink(missing_ok=True)
        (folder / ERASING).unlink(missing_ok=True)
        sync_folder(folder)
    return True


def _write_mark(folder: Path) -> None:
    with mapped_files(folder):
        replace_durably(folder / ERASING, _MARK)


def _destroy(folder: Path, names: Iterable[str]) -> None:
    """Overwrite all of these first, then unlink them: one that is left over is unreadable."""
    files = [folder / name for name in names if is_there(folder / name)]
    for file in files:
        if file.is_file() and not file.is_symlink():
            _overwrite(file)
    for file in files:
        file.unlink(missing_ok=True)
    for parent in {file.parent for file in files}:
        sync_folder(parent)


def _overwrite(file: Path) -> None:
    left = file.stat().st_size
    with os.fdopen(os.open(file, os.O_WRONLY | _NO_FOLLOW | _BINARY), "wb", buffering=0) as stream:
        while left > 0:
            left -= stream.write(os.urandom(min(left, _BLOCK))) or 0
        os.fsync(stream.fileno())


def _files_in(folder: Path, name: str) -> list[str]:
    return [f"{name}/{file.name}" for file in sorted((folder / name).glob("*")) if not file.is_dir()]


def _remove_rest(folder: Path) -> None:
    for name in _REST:
        (folder / name).unlink(missing_ok=True)
        (folder / (name + _NEW)).unlink(missing_ok=True)
    for name in _FOLDERS:
        if is_there(folder / name):
            shutil.rmtree(folder / name)
    sync_folder(folder)
