"""What can be wrong with how a command was called."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class PassphraseMissingError(KnownError):
    """No passphrase came by the way that was named."""

    message = N_(
        "No passphrase was given. Type it at the prompt, or hand it over with --passphrase-fd or --passphrase-stdin."
    )


class WordsDifferError(KnownError):
    """The six words compared by phone are not the same."""

    message = N_("The six words are not the same. Nothing was accepted; ask the centre for the reply again.")


class VaultCheckError(KnownError):
    """A check of the whole vault found something."""

    message = N_(
        "The vault is not whole (findings: {count}). Keep the folder as it is and ask your supervisor."
    )


class TourFolderError(KnownError):
    """The tour writes into an empty folder only."""

    message = N_("The folder {folder} is not empty. Choose a new one; the tour never writes over anything.")


class FileThereError(KnownError):
    """A new key file would have taken another file's place."""

    message = N_("There is already a file named {file}. It was not changed. Choose another name for the key file.")
