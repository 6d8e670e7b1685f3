"""What can stop publishing at the desk; in every case what was published before stays as it is."""

from __future__ import annotations

from outreach_app.centre.desk.errors import DeskError
from outreach_app.i18n import N_


class TrustMissingError(DeskError):
    """There are no custodians who could sign what is published."""

    message = N_(
        "The centre has no custodians whose keys can publish. Nothing was changed. "
        "Make new keys with centre custodians init --replace."
    )


class NothingPreparedError(DeskError):
    """Signing or finishing without anything prepared."""

    message = N_("Nothing is prepared for publishing. Begin with centre publish prepare.")


class NothingPublishedError(DeskError):
    """Something asks for a publication before there was one."""

    message = N_("Nothing has been published yet. Begin with centre publish prepare.")


class OtherDraftError(DeskError):
    """What is signed is not what was looked at."""

    message = N_("What is prepared now is number {number}, another than was looked at. Nothing was signed. Look again.")


class PublicationUnknownError(DeskError):
    """No publication has this number, or it had no content."""

    message = N_("Number {number} was never published with content. Nothing was changed. See centre publish show.")


class CustodianCannotPublishError(DeskError):
    """A key file from before publishing: it opens laptops, and signs nothing."""

    message = N_(
        "This custodian's key is of the first kind: it helps to open a laptop, but cannot publish. Nothing was signed. "
        "Make new keys with centre custodians init --replace."
    )


class OtherCustodianKeyError(DeskError):
    """The key is not one of the three in force."""

    message = N_("This is not the key of a custodian in force. Nothing was signed. Use the key of one of the three.")


class CustodianSignedError(DeskError):
    """The same custodian signs a second time."""

    message = N_("This custodian has signed already. A second custodian must sign with another key.")


class SignatureMissingError(DeskError):
    """Fewer than two custodians have signed."""

    message = N_("Two custodians must sign, {count} did so far. Nothing was published. Go on with centre publish sign.")


class OldKeysNeededError(DeskError):
    """Custodians are replaced without two of those before."""

    message = N_(
        "Two of the present custodians must agree, each with a key. Nothing was changed. Name them with --old-key. "
        "If their keys are lost, say --by-hand: then every laptop has to take the new keys by hand."
    )


class NumberTakenError(DeskError):
    """The mailbox holds another publication of this number: the register was put back."""

    message = N_(
        "The mailbox has another publication with number {number}, from before the register was put back. "
        "It stays there. Prepare and sign again with --above and a larger number."
    )


class SourceUnusableError(DeskError):
    """The folder to publish holds no file that a pack may hold, or one that it may not."""

    message = N_("{folder} cannot be published ({reason}). Nothing was changed. Name a folder of content files.")
