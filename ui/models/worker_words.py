"""A worker of this laptop in one line of words."""

from __future__ import annotations

from datetime import date

from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words
from ui.models.roles import role_words
from ui.models.rows import WorkerRow


def worker_line(row: WorkerRow, today: date) -> str:
    """Return for example "Health · since 3 Mar · with key file · waits for access to health parts"."""
    parts = [role_words(row.role)]
    if row.created_at is not None:
        parts.append(_("since {day}").format(day=day_in_words(row.created_at.date(), today)))
    if row.key_file:
        parts.append(_("with key file"))
    if row.role == "health" and not row.has_health:
        parts.append(_("waits until a health worker gives access to health parts"))
    return " · ".join(parts)
