"""Choices that are no secret: language, look, times. A small file beside the vault folder; damaged means defaults.

Read before the first page stands, so plain ``json`` and a few checks do; the reader of ``wire/`` is for outsiders.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path
from typing import Literal, NamedTuple

FILE_NAME = "settings.json"
_LARGEST_FILE = 16_384  # bytes; a longer file is not ours
LONGEST_UNTIL_COVER = 600  # seconds; whatever is chosen, nobody's absence leaves the window open for longer
LONGEST_UNTIL_LOCK = 1800
LONGEST_UNDER_COVER = 900  # a covered window still has its vault open
MOST_PLACES = 40
_SECONDS = range(86_401)
_SETTING = re.compile(r"[a-z][a-z_]{0,39}")
_PIXELS = range(-100_000, 100_001)


class Times(NamedTuple):
    """Seconds without a key or a mouse move; 0 means never, which only dimming knows."""

    dim_after: int
    cover_after: int
    lock_after: int


class PlaceTimes(NamedTuple):
    """Other times in one setting (a code of the list ``settings``); None means: as everywhere."""

    setting: str
    dim_after: int | None = None
    cover_after: int | None = None
    lock_after: int | None = None


class Settings(NamedTuple):
    """What the worker chose for this laptop; times are seconds without a key or a mouse move, 0 means never."""

    language: Literal["", "da", "en"] = ""  # "" means: as the system
    theme: Literal["system", "light", "dark"] = "system"
    dim_after: int = 90
    cover_after: int = 120
    lock_after: int = 300
    cover: Literal["health", "plain"] = "health"
    window: tuple[int, int, int, int] | None = None  # left, top, width, height
    last_slot: str = ""  # random id of the slot that opened the vault last; it is tried first
    times_by_setting: tuple[PlaceTimes, ...] = ()

    def changed(self, **choices: object) -> Settings:
        """Return these settings with some changed; ValueError when a name or a value is not one of ours."""
        return _checked({**self._asdict(), **choices})

    def times_at(self, setting: str = "", *, covered: bool = False) -> Times:
        """Return the times in force in a setting; never longer than the ceilings above, shorter under the cover."""
        here = next((each for each in self.times_by_setting if each.setting == setting), PlaceTimes(setting))
        dim, cover, lock = (
            getattr(self, name) if getattr(here, name) is None else getattr(here, name) for name in Times._fields
        )
        longest = LONGEST_UNDER_COVER if covered else LONGEST_UNTIL_LOCK
        return Times(dim, min(cover or LONGEST_UNTIL_COVER, LONGEST_UNTIL_COVER), min(lock or longest, longest))

    def with_time_at(self, setting: str, name: str, seconds: int | None) -> Settings:
        """Return these settings with one time of one setting changed; None means: as everywhere."""
        rows = {each.setting: each for each in self.times_by_setting}
        rows[setting] = PlaceTimes(**{**rows.get(setting, PlaceTimes(setting))._asdict(), name: seconds})
        kept = tuple(row for row in rows.values() if row != PlaceTimes(row.setting))
        return self.changed(times_by_setting=kept)


def settings_file(vault_folder: Path) -> Path:
    """Return where the settings of the vault in ``vault_folder`` lie."""
    return vault_folder.parent / FILE_NAME


def load_settings(vault_folder: Path) -> Settings:
    """Return what was chosen; a missing, damaged or strange file gives the defaults and stays as it is."""
    try:
        with settings_file(vault_folder).open("rb") as stream:
            untrusted = stream.read(_LARGEST_FILE + 1)
        return _checked(json.loads(untrusted)) if len(untrusted) <= _LARGEST_FILE else Settings()
    except (OSError, ValueError, TypeError, RecursionError):
        return Settings()


def save_settings(vault_folder: Path, settings: Settings) -> bool:
    """Write the choices for this user only, whole or not at all; return whether that worked."""
    file = settings_file(vault_folder)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123 - a descriptor
            stream.write(json.dumps(settings._asdict(), indent=2).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError:  # a read-only or full disk: the choice holds until the program ends
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    return True


def forget_settings(vault_folder: Path) -> None:
    """Remove the choices; a file of this name that is none of ours stays.

    Raises:
        OSError: it cannot be removed.
    """
    file = settings_file(vault_folder)
    try:
        content = file.read_bytes()[: _LARGEST_FILE + 1]
        _checked(json.loads(content))
    except (OSError, ValueError, TypeError, RecursionError):
        return
    file.unlink(missing_ok=True)


def _checked(untrusted: object) -> Settings:
    """Return the settings read; ValueError when a name or a value is not one of ours."""
    names = set(Settings._fields)
    if not isinstance(untrusted, dict) or not untrusted.keys() <= names:
        raise ValueError
    given = {**Settings()._asdict(), **untrusted}
    choices = (
        given["language"] in {"", "da", "en"},
        given["theme"] in {"system", "light", "dark"},
        given["cover"] in {"health", "plain"},
        all(_is_whole(given[name]) and given[name] in _SECONDS for name in ("dim_after", "cover_after", "lock_after")),
        given["window"] is None or _is_place(given["window"]),
        given["last_slot"] == "" or _is_id(given["last_slot"]),
        _are_place_times(given["times_by_setting"]),
    )
    if not all(choices):
        raise ValueError
    window = None if given["window"] is None else tuple(given["window"])
    rows = tuple(PlaceTimes(*row) for row in given["times_by_setting"])
    return Settings(**{**given, "window": window, "times_by_setting": rows})


def _are_place_times(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) > MOST_PLACES:
        return False
    return all(isinstance(row, list | tuple) and len(row) == len(PlaceTimes._fields) and _is_row(*row) for row in value)


def _is_row(setting: object, *times: object) -> bool:
    named = isinstance(setting, str) and bool(_SETTING.fullmatch(setting))
    return named and all(each is None or (_is_whole(each) and each in _SECONDS) for each in times)


def _is_place(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 4:
        return False
    return all(_is_whole(part) and part in _PIXELS for part in value)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == 32 and set(value) <= set("0123456789abcdef")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
