"""The centre's folder: ``centre.json`` says that it is finished and where the mailbox keeps its batches."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from outreach_app.centre.desk.errors import CentreMissingError, CentreSettingsError, CentreUnfinishedError
from outreach_app.centre.desk.opening import desk_exists
from outreach_app.errors import FolderNotWritableError
from outreach_app.paths import default_vault_folder
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.strict import read_json, write_json

SETTINGS_FILE = "centre.json"
_LIMIT = 16 << 10


class CentreSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``database`` is the address of the mailbox's database, null for the file in the ``mailbox`` folder."""

    version: Literal[1] = 1
    database: str | None = None


def default_centre_folder() -> Path:
    """Return where the centre lies unless a folder is named: beside the default vault."""
    return default_vault_folder().parent / "centre"


def usual_centre_folder() -> Path:
    """Return the centre meant when none is named: the current folder if it is one, else the one made here last."""
    here = Path.cwd()
    if is_centre(here):
        return here
    try:
        remembered = Path(_pointer().read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return default_centre_folder()
    return remembered if is_centre(remembered) else default_centre_folder()


def remember_centre(centre: Path) -> None:
    """Note which centre was made on this machine last; a machine where that cannot be noted needs ``--centre``."""
    with suppress(OSError):
        _pointer().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _pointer().write_text(str(centre.resolve()), encoding="utf-8")


def is_centre(folder: Path) -> bool:
    """Tell whether a finished centre lies in the folder."""
    try:
        return (folder / SETTINGS_FILE).is_file()
    except OSError:  # a name that the system cannot have, or a folder that is closed to us
        return False


def read_settings(centre: Path) -> CentreSettings:
    """Return the settings of a finished centre.

    Raises:
        CentreMissingError: nothing there.
        CentreUnfinishedError: making it was interrupted.
        CentreSettingsError: the file is damaged.
    """
    file = centre / SETTINGS_FILE
    try:
        untrusted = file.read_bytes()
    except FileNotFoundError as error:
        if desk_exists(centre):
            raise CentreUnfinishedError(folder=centre) from error
        raise CentreMissingError(folder=centre) from error
    except OSError as error:
        raise CentreSettingsError(file=file) from error
    try:
        return read_json(untrusted, CentreSettings, what="centre.json", limit=_LIMIT)
    except (UntrustedDataError, DataTooLargeError) as error:
        raise CentreSettingsError(file=file) from error


def write_settings(centre: Path, settings: CentreSettings) -> None:
    """Replace the settings in one step; only the owner may read them, for an address may hold a password.

    Raises:
        FolderNotWritableError: the folder cannot be written to.
    """
    half = centre / f"{SETTINGS_FILE}.new"
    try:
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(write_json(settings))
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(centre / SETTINGS_FILE)
    except OSError as error:
        raise FolderNotWritableError(folder=centre) from error


def _pointer() -> Path:
    return default_centre_folder().with_name("centre-folder.txt")
