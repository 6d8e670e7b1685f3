"""What can go wrong between laptop, mailbox and desk; each sentence says what is safe and how to go on."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class SyncError(KnownError):
    """Anything that stops a batch, a receipt or an enrolment."""


class BatchUnreadableError(SyncError):
    """The bytes are not a whole batch of this format."""

    message = N_("This batch cannot be read ({reason}). It was put aside and nothing was changed.")


class BatchTooLargeError(SyncError):
    """A batch passes one of the fixed limits."""

    message = N_("This batch is too large ({part}, at most {limit}). Nothing was changed. Send fewer notes at a time.")


class FileOfAnotherKindError(SyncError):
    """A file that should be looked at is none of those that travel between laptop and centre."""

    message = N_("This file is no batch, receipt or letter of this program. Nothing was changed. Check the file.")


class SignatureWrongError(SyncError):
    """One or both signatures do not fit the bytes or the sender."""

    message = N_("{what} was changed on the way or comes from somebody else. It was not used.")


class OtherSealingKeyError(SyncError):
    """The batch was sealed for a key this centre does not hold."""

    message = N_("This batch was sealed for another key of the centre. Ask the laptop to seal these notes again.")


class KeyUnreadableError(SyncError):
    """Bytes that should be a key are not one."""

    message = N_("The key of {owner} cannot be read. Nothing was changed. Ask the centre for a new copy.")


class ReceiptUnreadableError(SyncError):
    """A receipt is damaged, for another device, or does not belong to what was sent."""

    message = N_("This receipt cannot be used ({reason}). Your notes stay as they are; receipts will be fetched again.")


class LetterUnreadableError(SyncError):
    """A letter of the desk is damaged, older than the one here, or for another laptop."""

    message = N_("A letter of the centre cannot be used ({reason}). Nothing was changed. It will be fetched again.")


class EnrolmentUnreadableError(SyncError):
    """An enrolment request or reply is damaged or belongs to another laptop."""

    message = N_("This is no enrolment file, or it was damaged ({reason}). Nothing was changed. Ask for a new file.")


class DeviceListUnreadableError(SyncError):
    """A device list is damaged or older than the one already known."""

    message = N_("The list of laptops cannot be used ({reason}). The list used so far stays.")


class MailboxAddressError(SyncError):
    """The mailbox address is not one this program sends to."""

    message = N_("The mailbox address must begin with https://. Nothing was sent. Check the address with the centre.")


class CertificateFileWrongError(SyncError):
    """A file that should name whom to trust holds no certificate."""

    message = N_("This file holds no certificate. Nothing was changed. Ask the centre for the file of its mailbox.")


class NoNetworkError(SyncError):
    """The mailbox cannot be reached at all."""

    message = N_("The mailbox cannot be reached. Nothing was lost. Check the network, or send by stick.")


class MailboxSilentError(SyncError):
    """The mailbox or the line is too slow."""

    message = N_("The mailbox did not answer in time. Nothing was lost. It is safe to send again.")


class LineCutError(SyncError):
    """The line to the mailbox broke before its whole answer was here."""

    message = N_("The line to the mailbox was cut. Nothing was lost. It is safe to send again.")


class CertificateWrongError(SyncError):
    """The other end cannot prove that it is the mailbox."""

    message = N_(
        "This network does not lead to the centre's mailbox (wrong certificate). Nothing was sent. Use another network."
    )


class NotTheMailboxError(SyncError):
    """Somebody else answered, for instance the sign-in page of a guest network."""

    message = N_(
        "Something other than the mailbox answered. Sign in to the guest network first, or use another network."
    )


class DeviceConflictError(SyncError):
    """The mailbox holds another batch under this number: the vault was copied or restored."""

    message = N_(
        "The mailbox already has another batch with this number: this laptop was copied or restored. "
        "Nothing was lost. Call the centre before sending again."
    )


class DeviceNotAcceptedError(SyncError):
    """The mailbox does not know this device, or it was revoked."""

    message = N_("The mailbox does not accept this laptop ({code}). Nothing was lost. Call the centre.")


class MailboxRefusedError(SyncError):
    """The mailbox refused for a reason that sending again does not change."""

    message = N_("The mailbox did not take it ({code}). Nothing was lost. Tell the centre this code.")


class MailboxBusyError(SyncError):
    """The mailbox cannot take anything at the moment."""

    message = N_("The mailbox is busy or being repaired ({code}). Nothing was lost. It is safe to send again later.")


class MailboxFaultError(MailboxBusyError):
    """The mailbox stumbles over something; over one batch alone, perhaps."""


class UploadsWaitingError(SyncError):
    """Four large batches of this device are half-sent at the mailbox; this one must wait for one of them."""

    message = N_(
        "Four large parts of this laptop's notes are only half at the mailbox, so this one waits. Nothing was lost. "
        "It goes when one of them is through, or an hour after one of them stopped."
    )


class ClocksDifferError(SyncError):
    """A signed request was refused because the two clocks are too far apart."""

    message = N_("The clock of this computer and that of the mailbox differ too much. Set the clock and try again.")


class NotInMailboxError(SyncError):
    """The mailbox has nothing under this name."""

    message = N_("The mailbox does not have this batch. Nothing was changed.")


class BatchDamagedError(SyncError):
    """The mailbox gives other bytes than it took in under this name."""

    message = N_(
        "This batch is damaged at the mailbox. Nothing of it was used. Put the mailbox back from its backup, or ask "
        "the laptop's team to send it by stick."
    )


class StickFullError(SyncError):
    """No room on the stick."""

    message = N_("The stick is full. Nothing was lost and nothing half-written was left. Use another stick.")


class StickProtectedError(SyncError):
    """The stick or folder takes no writing."""

    message = N_(
        "The folder {folder} cannot be written to: the stick is write-protected, or it belongs to somebody else. "
        "Nothing was lost. Move the small switch on the stick, or use another one."
    )


class StickGoneError(SyncError):
    """The stick is not there (any more), or broken."""

    message = N_(
        "The folder {folder} does not answer ({reason}): the stick was pulled out, or it is broken. Nothing was lost. "
        "Put it in and do this once more."
    )


class StickUnusableError(SyncError):
    """The stick or folder cannot be read or written."""

    message = N_("The folder {folder} cannot be used ({reason}). Nothing was lost. Try another stick.")


class StickCrowdedError(StickUnusableError):
    """More of our files lie there than are looked through."""

    message = N_(
        "Too many files of this program lie in the folder {folder}. Nothing was lost and nothing was removed. "
        "Take an empty stick, and give the full one to the centre."
    )


class StickReadBackError(SyncError):
    """What was written does not read back the same."""

    message = N_("The stick did not keep what was written. Nothing was lost. Use another stick.")


class RecoveryUnreadableError(SyncError):
    """A recovery request or reply, or the custodians' document, is damaged or something else."""

    message = N_("This recovery file cannot be used ({reason}). Nothing was changed. Ask for a new file.")


class RecoveryOtherLaptopError(SyncError):
    """The reply answers another laptop."""

    message = N_("This reply is for another laptop. Nothing was changed. Ask the centre for the reply to this one.")


class RecoveryOtherRequestError(SyncError):
    """The reply answers an earlier request, or somebody else's."""

    message = N_(
        "This reply answers another request. Nothing was changed. "
        "Use the reply to the newest request of this laptop, or make a new request."
    )


class RecoveryOtherPurposeError(SyncError):
    """A drill's reply was offered for a forgotten passphrase, or the other way round."""

    message = N_(
        "A reply to a drill does not open the laptop, and a reply to a recovery is no drill. Nothing was changed. "
        "Ask the centre for the reply that fits."
    )


class OneAnswerMissingError(SyncError):
    """Only one custodian has answered so far."""

    message = N_("Only one custodian has answered so far. Nothing was changed. A second one must answer, too.")


class OtherCustodianError(SyncError):
    """The key is not one of the three that this laptop was told of."""

    message = N_(
        "This laptop does not know this custodian's key. Nothing was changed. Use the key of another custodian."
    )


class CustodianAnsweredError(SyncError):
    """The same custodian answers a second time, or two have answered already."""

    message = N_("This custodian has answered already, or two others have. Nothing was changed.")


class CustodiansOlderError(SyncError):
    """The document about the custodians is older than what the laptop knows."""

    message = N_("This list of custodians is older than the one in use. The one in use stays. Ask for the newest list.")


class TextPartDamagedError(SyncError):
    """A line of a document in text parts was misread."""

    message = N_("Part {number} was not read correctly. Nothing was changed. Read it once more.")


class TextPartsMissingError(SyncError):
    """Not all parts of a document are there."""

    message = N_("These parts are still missing: {numbers}. Nothing was changed. Read them, too.")


class TextPartsMixedError(SyncError):
    """Parts of different documents, or something else, came together."""

    message = N_("These parts do not belong together. Nothing was changed. Read all parts of one request or reply.")
