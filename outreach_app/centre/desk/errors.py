"""What can go wrong at the desk; each sentence says what is safe and how to go on."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class DeskError(KnownError):
    """Anything that stops the desk and is not the program's fault."""


class CentreExistsError(DeskError):
    """A centre was to be made where one is."""

    message = N_("There is already a centre in {folder}. It was not changed. Use it, or choose another folder.")


class CentreMissingError(DeskError):
    """The folder named holds no centre."""

    message = N_("There is no centre in {folder}. Make one with centre init, or name its folder with --centre.")


class CentreUnfinishedError(DeskError):
    """Making the centre was interrupted."""

    message = N_("The centre in {folder} is not finished. Run centre init on it again with the same passphrase.")


class CentreSettingsError(DeskError):
    """The file that says where the mailbox keeps its batches is not readable."""

    message = N_("The file {file} cannot be used. Nothing was changed. Put it back from the backup of the folder.")


class ClockDoubtfulError(DeskError):
    """The computer's clock does not go with when the desk was used last."""

    message = N_(
        "This computer's clock says {now}, and the desk was last used on {last}. Nothing was done. "
        "Set the clock right, then go on. If it is right, do the same once more."
    )


class LaptopNameError(DeskError):
    """A laptop was to be called something that no list can show."""

    message = N_("A laptop's name is one line of at most {most} letters. Nothing was changed. Choose another name.")


class DeviceKnownError(DeskError):
    """A request names a laptop that is enrolled with other keys."""

    message = N_(
        "A laptop with this number is already enrolled with other keys. Nothing was changed. "
        "Ask for a new request, made on the laptop itself."
    )


class DeviceUnknownError(DeskError):
    """No laptop of this id is enrolled."""

    message = N_("No laptop with the number {device} is enrolled. Nothing was changed. Check the number.")


class DeviceRevokedError(DeskError):
    """A revoked laptop asks again with the same request."""

    message = N_("This laptop was revoked. Nothing was changed. Ask for a new request, made on the laptop itself.")


class CodeUsedError(DeskError):
    """A one-time code came a second time."""

    message = N_("This request was used before. Nothing was changed. Ask for a new request, made on the laptop itself.")


class KeyMissingError(DeskError):
    """The register lacks one of the centre's keys."""

    message = N_("The desk's register lacks the key for {purpose}. Nothing was changed. Use the backup of the folder.")


class LaptopRevokedError(DeskError):
    """A recovery request of a laptop that was revoked."""

    message = N_("This laptop was revoked, so nobody helps to open it. Nothing was answered. Ask who holds it now.")


class CustodiansKnownError(DeskError):
    """Custodians were to be made where there are some."""

    message = N_(
        "The centre has its custodians already. Nothing was changed. To put new ones in their place, say --replace."
    )


class CustodiansMissingError(DeskError):
    """The list of custodians was asked for before there were any."""

    message = N_("The centre has no custodians yet. Make their keys with centre custodians init.")


class CustodianPassphrasesSameError(DeskError):
    """Two custodians chose the same passphrase."""

    message = N_("Each custodian needs a passphrase of their own. Nothing was made. Choose three different ones.")


class CustodianKeyExistsError(DeskError):
    """A custodian's key file would be written over."""

    message = N_("There is already a file {file} in this folder. Nothing was made. Choose an empty folder.")


class CustodianKeyUnreadableError(DeskError):
    """A file that should be a custodian's key is not one."""

    message = N_("This file is not a custodian's key, or it is damaged. Nothing was answered. Use its copy.")


class CustodianPassphraseError(DeskError):
    """The passphrase does not open the custodian's key."""

    message = N_("That passphrase does not open this custodian's key. Check the words and try again.")


class NumberNotMissingError(DeskError):
    """A number was to be stepped over that nothing waits for."""

    message = N_(
        "Batch {seq} of epoch {epoch} is not missing from this laptop. Nothing was changed. See centre gaps."
    )


class TrustMissingError(DeskError):
    """There are no custodians who could sign what is published."""

    message = N_(
        "The centre has no custodians whose keys can publish. Nothing was changed. "
        "Make new keys with centre custodians init --replace."
    )


class NothingPreparedError(DeskError):
    """Signing or finishing without anything prepared."""

    message = N_("Nothing is prepared for publishing. Begin with centre publish prepare.")


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


class RegisterBehindError(DeskError):
    """A road holds a newer publication than the register knows: the register was put back."""

    message = N_(
        "Publication {number} lies there already, from before the register was put back, and laptops may have it. "
        "Nothing was handed out. Publish anew, beginning with “centre publish prepare --above {number}”."
    )


class CustodiansBehindError(DeskError):
    """A road holds newer keys of the custodians than the register knows: the register was put back."""

    message = N_(
        "Newer keys of the custodians lie there, from before the register was put back. Nothing was handed out, and "
        "laptops keep what they have. Put back a backup of the desk that is newer than these keys."
    )


class NumberTakenError(DeskError):
    """The mailbox holds another publication of this number: the register was put back."""

    message = N_(
        "The mailbox has another publication with number {number}, from before the register was put back. "
        "It stays there. Prepare and sign again with --above and a larger number."
    )
