"""Help lines with their hours, languages and sources: for leaflets and for the window's top bar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.errors import DirectoryMissingError
from outreach_app.paths import shipped_folder

HOTLINE = "hotline"
EMERGENCY = "emergency"
_NAMES = {HOTLINE: N_("Help line"), EMERGENCY: N_("Emergency")}
_WHOLE_DAY = 24 * 60
_FIRST_WEEKEND_DAY = 5  # Saturday, counted from Monday as 0


@dataclass(frozen=True)
class Hours:
    """Opening hours of one kind of day, in minutes after midnight; ``closes`` is not included."""

    opens: int
    closes: int

    def text(self, separator: str = ":") -> tuple[str, str]:
        """Return both times as written in a language with this ``separator``."""
        return _clock_time(self.opens, separator), _clock_time(self.closes, separator)


@dataclass(frozen=True)
class HelpLine:
    """One telephone line. ``as_of`` is the date of the source; unconfirmed hours and languages are shown as such."""

    id: str
    number: str
    weekdays: Hours
    weekends: Hours  # also public holidays
    languages: tuple[str, ...]
    source: str
    as_of: str
    confirmed: bool

    @property
    def name(self) -> str:
        """Return the line's name in the interface language."""
        return _(_NAMES.get(self.id, ""))

    @property
    def always_open(self) -> bool:
        """Tell whether somebody answers day and night."""
        return all(hours == Hours(0, _WHOLE_DAY) for hours in (self.weekdays, self.weekends))

    @property
    def hours_text(self) -> str:
        """Return the opening hours in the interface language."""
        if self.always_open:
            return _("day and night")
        weekdays, weekends = "–".join(self.weekdays.text()), "–".join(self.weekends.text())
        return _("Mon–Fri {weekdays}, weekends and public holidays {weekends}").format(
            weekdays=weekdays, weekends=weekends
        )

    @property
    def dialled(self) -> str:
        """Return the number as a telephone dials it."""
        return self.number.replace(" ", "")


@dataclass(frozen=True)
class Directory:
    """All help lines."""

    lines: tuple[HelpLine, ...]

    def has(self, entry: str) -> bool:
        """Tell whether an entry with this id is there."""
        return any(line.id == entry for line in self.lines)

    def line(self, line_id: str) -> HelpLine:
        """Return the line with this id; raises DirectoryMissingError."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise DirectoryMissingError(entry=line_id)


def is_open(line: HelpLine, local: datetime) -> bool:
    """Tell whether somebody answers at ``local``, the time in Denmark.

    The program knows no public holidays: on one, a weekday's hours may be promised too generously, so
    whoever shows the answer also shows ``hours_text``, which names them.
    """
    hours = line.weekends if local.weekday() >= _FIRST_WEEKEND_DAY else line.weekdays
    return hours.opens <= local.hour * 60 + local.minute < hours.closes


@lru_cache(maxsize=1)
def help_lines() -> Directory:
    """Return the shipped directory; raises DirectoryMissingError."""
    return read_directory(shipped_folder("resources") / "directory" / "help_lines.json")


def read_directory(path: Path) -> Directory:
    """Return the directory in ``path``; raises DirectoryMissingError if it is absent or damaged."""
    try:
        rows = json.loads(path.read_text("utf-8"))["lines"]
        return Directory(tuple(_line(row) for row in rows))
    except (OSError, ValueError, KeyError, TypeError) as damaged:
        raise DirectoryMissingError(entry=path.name) from damaged


def _line(row: dict[str, Any]) -> HelpLine:
    return HelpLine(
        id=str(row["id"]),
        number=str(row["number"]),
        weekdays=_hours(row["weekdays"]),
        weekends=_hours(row["weekends"]),
        languages=tuple(str(code) for code in row["languages"]),
        source=str(row["source"]),
        as_of=str(row["as_of"]),
        confirmed=row["confirmed"] is True,
    )


def _hours(pair: list[str]) -> Hours:
    opens, closes = (_minutes(text) for text in pair)
    if not 0 <= opens < closes <= _WHOLE_DAY:
        raise ValueError("a line opens before it closes, within one day")
    return Hours(opens, closes)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _clock_time(minutes: int, separator: str) -> str:
    return f"{minutes // 60}{separator}{minutes % 60:02d}"
