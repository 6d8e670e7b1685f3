"""What can be wrong with a directory of help and places, or with a change to it; each names the entry and the field."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class DirectoryFieldError(KnownError):
    """A field of an entry does not have the shape it must have."""

    message = N_(
        "The list of help and places cannot be used: at {entry}, the field {field} is not right ({reason}). "
        "Nothing was changed."
    )


class DirectoryNewerError(KnownError):
    """The list was written in a form that this program does not know yet."""

    message = N_(
        "The list of help and places was made by a newer program (form {schema}). Install the newer program to use it."
    )


class EntryUnknownError(KnownError):
    """No entry has this id."""

    message = N_("The list of help and places has no entry {entry}. Its entries are: {known}.")


class EntryProtectedError(KnownError):
    """The help line and the emergency number cannot be taken away: every leaflet prints them."""

    message = N_("{entry} stays in the list: every leaflet prints it. You can change it instead.")
