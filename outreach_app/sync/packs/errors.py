"""What can be wrong with content packs on their way; what a laptop has stays in every case."""

from __future__ import annotations

from outreach_app.i18n import N_
from outreach_app.sync.errors import SyncError


class PackError(SyncError):
    """Anything that keeps new content of the centre away; what is here stays in use."""


class PackMissingError(PackError):
    """Nothing was ever published on this road."""

    message = N_("No content of the centre lies there. What is on this laptop stays in use.")


class PackIncompleteError(PackError):
    """A file that the signed lists name is not there."""

    message = N_(
        "The content of the centre is not complete there ({file}). What is on this laptop stays in use. "
        "It will be fetched again."
    )


class PackTooLargeError(PackError):
    """A file is larger than anything the centre publishes."""

    message = N_("A file of the centre's content is too large ({file}). It was not used. What is here stays in use.")


class PackUntrustedError(PackError):
    """Signatures, hashes or numbers do not fit: changed on the way, older than what is here, or somebody else's."""

    message = N_(
        "The content found there is not what the centre's custodians signed, or it is older than what is here "
        "({file}). It was not used. What is here stays in use."
    )


class PackExpiredError(PackError):
    """What the custodians signed was good until a day that has passed."""

    message = N_(
        "The newest content found there was good until {day}. What is on this laptop stays in use. "
        "Check the clock of this computer, and ask the centre for newer content."
    )


class PackExpiredByCentreError(PackExpiredError):
    """It is good by this computer's clock; the centre itself has named a later time."""

    message = N_(
        "The newest content found there was good until {day}, and the centre has named a later day since. "
        "What is on this laptop stays in use. Ask the centre for newer content, and whether its clock is right."
    )


class TrustOtherCustodiansError(PackError):
    """The centre's file names other custodians than this laptop was told of when it was enrolled, or since."""

    message = N_(
        "The custodians named there are not those this laptop knows. Nothing was changed. Call the centre: take its "
        "list of custodians on this laptop first, or take its file and compare the six words."
    )


class TrustOtherCentreError(PackError):
    """The file that names the custodians is damaged, or another centre made it."""

    message = N_(
        "The file that names the custodians' keys is damaged or not from this laptop's centre. It was not used. "
        "What is here stays in use."
    )


class TrustWordsDifferError(PackError):
    """The six words that were heard are not those of the file."""

    message = N_("The six words are not those of this file. Nothing was changed. Ask the centre for its file again.")


class PackArchiveError(PackError):
    """The archive of a pack is not one that this program makes."""

    message = N_(
        "The content pack cannot be used ({reason}). What is on this laptop stays in use. "
        "Fetch it again, or tell the centre."
    )


class SourceUnusableError(PackError):
    """A folder that is to become a pack holds no file that a pack may hold, or one that it may not."""

    message = N_("{folder} cannot be published ({reason}). Nothing was changed. Name a folder of content files.")
