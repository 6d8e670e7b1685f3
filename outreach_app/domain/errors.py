"""What can be wrong with the codes a note is made of."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class UnknownCodeError(KnownError):
    """A code is not in its list."""

    message = N_("The code {code} is not in the list {list}. Check the spelling, or fetch the newest lists.")


class UnknownIndicatorError(KnownError):
    """An answer names an indicator that the catalogue does not have."""

    message = N_(
        "The field answers names {indicator}, which is not an indicator of the list {profile}. "
        "Check the spelling or the list."
    )
