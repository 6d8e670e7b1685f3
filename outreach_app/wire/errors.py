"""What can be wrong with data from outside; each names the field."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class UntrustedDataError(KnownError):
    """Data from outside does not have the shape it must have."""

    message = N_("{what} cannot be used: the field {field} is not right ({reason}). Nothing was changed.")


class DataTooLargeError(KnownError):
    """Data from outside is larger than anything this program makes."""

    message = N_("{what} cannot be used: with the field {field} it is larger than {limit} bytes. Nothing was changed.")
