"""What a backup is called on the screen: when it was made, why, and how large it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from babel.numbers import format_decimal

from outreach_app.i18n import N_, locale
from outreach_app.i18n import gettext as _
from ui.models.dates import moment_in_words

KINDS = {
    "daily": N_("the day's backup"),
    "migration": N_("before the program's tables changed"),
    "fresh": N_("after something left this laptop"),
}
_MEGABYTE = 1_000_000


class Backup(Protocol):
    """What the services tell of one; ``made_at`` is aware, ``bytes`` its size."""

    @property
    def name(self) -> str: ...

    @property
    def made_at(self) -> datetime: ...

    @property
    def bytes(self) -> int: ...

    @property
    def kind(self) -> str: ...


def made_in_words(backup: Backup, now: datetime) -> str:
    """Return for example ``yesterday 14:05``, in the zone of ``now``."""
    return moment_in_words(backup.made_at.astimezone(now.tzinfo), now.date())


def kind_in_words(backup: Backup) -> str:
    """Return why it was made and its size."""
    size = format_decimal(max(0.1, backup.bytes / _MEGABYTE), "#,##0.#", locale=locale())
    return f"{_(KINDS[backup.kind])} · {size} MB"
