"""The roles of workers in words."""

from __future__ import annotations

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

ROLES = (
    ("outreach", N_("Outreach")),
    ("health", N_("Health")),
    ("meeting_place", N_("Meeting place")),
    ("supervisor", N_("Supervisor")),
)


def role_choices() -> tuple[tuple[str, str], ...]:
    """Return each role's code and name."""
    return tuple((code, _(label)) for code, label in ROLES)


def role_words(code: str) -> str:
    """Return the name of a role; an unknown code is shown as it is."""
    return dict(role_choices()).get(code, code)
