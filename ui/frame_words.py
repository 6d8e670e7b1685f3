"""What the frame says in its own words: who is working, what this laptop still holds, how old the last backup is."""

from __future__ import annotations

from datetime import date, datetime

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.widgets.date_words import short_date


def initials(name: str) -> str:
    """Return at most three large letters for a name; initials stay as they are."""
    pieces = name.split()
    return name if len(name) <= 3 else "".join(piece[0] for piece in pieces[:3]).upper()


def held_words(held: int, oldest_days: int | None, last_receipt: datetime | date | None) -> str:
    """Return the line of what this laptop still holds."""
    parts = [
        ngettext("This laptop holds {count} note", "This laptop holds {count} notes", held).format(count=held)
        if held
        else _("This laptop holds no notes")
    ]
    if held and oldest_days == 0:
        parts[0] += ", " + _("all from today")
    elif held and oldest_days is not None:
        parts[0] += ", " + ngettext("oldest {count} day", "oldest {count} days", oldest_days).format(count=oldest_days)
    if last_receipt is None:
        parts.append(_("no receipt yet"))
    else:
        parts.append(_("last receipt {date}").format(date=short_date(day_of(last_receipt))))
    return " · ".join(parts)


def backup_words(last: date | None, today: date) -> str:
    """Return how old the last good backup is."""
    if last is None:
        return _("no backup yet")
    return _("backup today") if last >= today else _("backup {date}").format(date=short_date(last))


def day_of(moment: datetime | date) -> date:
    """Return the day of a moment where this laptop is."""
    return moment.astimezone().date() if isinstance(moment, datetime) else moment
