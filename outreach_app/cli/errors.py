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


class BackupThereError(KnownError):
    """The vault is not whole, and there is a backup."""

    message = N_(
        "{sentence} The last good backup is {name}; “outreach vault restore {name}” puts it in place and keeps "
        "the files that are there now."
    )


class AuditBrokenError(KnownError):
    """The audit chain is not what was written."""

    message = N_(
        "Entry {number} of the record of use is not what was written, or is missing. Nothing was changed. "
        "Tell your supervisor and the centre."
    )


class TourFolderError(KnownError):
    """The tour writes into an empty folder only."""

    message = N_("The folder {folder} is not empty. Choose a new one; the tour never writes over anything.")


class FileThereError(KnownError):
    """A new key file would have taken another file's place."""

    message = N_("There is already a file named {file}. It was not changed. Choose another name for the key file.")


class WordsNotComparedError(KnownError):
    """A custodian's answer was asked for by a script that says nothing about the six words."""

    message = N_(
        "The six words of the request are: {words}. Compare them by phone with the worker who asks, then say so with "
        "--words or --yes. Nothing was answered."
    )


class RequestWordsDifferError(KnownError):
    """The six words of a recovery request are not those the worker read out."""

    message = N_("The six words are not the same. Nothing was answered; ask the worker for the request again.")


class WorkerNotNamedError(KnownError):
    """Several workers use this laptop, and none was named."""

    message = N_("Several workers use this laptop. Name your slot with --slot; recover status lists them.")


class LeafletOptionError(KnownError):
    """An option does not fit the format, or names nothing that exists."""

    message = N_("The option --{option} is not right here ({reason}). Nothing was written.")


class DraftNotAgreedError(KnownError):
    """A leaflet whose words nobody has checked was asked for, and there is nobody to ask."""

    message = N_("Say --draft to print it all the same. Nothing was written.")


class LeafletFaultsError(KnownError):
    """A check of the leaflets found something."""

    message = N_("Faults were found in {count} of {total} leaflets and texts. Do not print these; tell the centre.")


class NotAllCarriedError(KnownError):
    """The mailbox did not take every batch that lay on a stick."""

    message = N_("The mailbox did not take {count} of the batches. They stay on the stick; tell the centre.")


class ReceiptLogWrongError(KnownError):
    """The log of receipts, or a receipt, is not what it was."""

    message = N_("The receipts are not what the log says. Change nothing; compare with a backup of the desk.")


class ReceiptsDifferError(KnownError):
    """The laptop's receipts do not fit together."""

    message = N_(
        "The receipts of the centre do not fit together. Your notes are safe here. Tell the centre: its log may have "
        "been put back or changed."
    )
