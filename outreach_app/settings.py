"""Choices that are no secret: language, look, times. A small file beside the vault folder; damaged means defaults."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec

FILE_NAME = "settings.json"
_LARGEST_FILE = 16_384  # bytes; a longer file is not ours
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
_Pixels = Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worker chose for this laptop; times are seconds without a key or a mouse move, 0 means never."""

    language: Literal["", "da", "en"] = ""  # "" means: as the system
    theme: Literal["system", "light", "dark"] = "system"
    dim_after: _Seconds = 90
    cover_after: _Seconds = 120
    lock_after: _Seconds = 300
    cover: Literal["health", "plain"] = "health"
    window: tuple[_Pixels, _Pixels, _Pixels, _Pixels] | None = None  # left, top, width, height


def settings_file(vault_folder: Path) -> Path:
    """Return where the settings of the vault in ``vault_folder`` lie."""
    return vault_folder.parent / FILE_NAME


def load_settings(vault_folder: Path) -> Settings:
    """Return what was chosen; a missing, damaged or strange file gives the defaults and stays as it is."""
    try:
        with settings_file(vault_folder).open("rb") as stream:
            untrusted = stream.read(_LARGEST_FILE + 1)
        return msgspec.json.decode(untrusted, type=Settings) if len(untrusted) <= _LARGEST_FILE else Settings()
    except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return Settings()


def save_settings(vault_folder: Path, settings: Settings) -> bool:
    """Write the choices for this user only, whole or not at all; return whether that worked."""
    file = settings_file(vault_folder)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123 - a descriptor
            stream.write(msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError:  # a read-only or full disk: the choice holds until the program ends
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    return True
