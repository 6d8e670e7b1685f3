"""What can be wrong with what is kept."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class NotFoundError(KnownError):
    """Something was asked for by an id this vault does not hold."""

    message = N_("This is not in the vault any more, or never was. Go back to the list and choose again.")
