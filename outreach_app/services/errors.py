"""What can stand in the way of sending and enrolling."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_
from outreach_app.sync.errors import EnrolmentUnreadableError


class NotEnrolledError(KnownError):
    """Sealing needs the centre's keys."""

    message = N_(
        "This laptop is not enrolled yet, so nothing can be sealed for the centre. Your notes are safe here. "
        "Make an enrolment request and bring it to the centre."
    )


class SealingKeyRetiredError(KnownError):
    """The centre asked to seal again, and no newer key of it is here."""

    message = N_("The centre has a new key. Fetch its pack first. Your notes are safe here and wait.")


class NothingTakenAnyMoreError(KnownError):
    """The centre answered that this laptop was revoked."""

    message = N_("The centre takes nothing from this laptop any more. Your notes are safe here. Call the centre.")


class NoRequestError(KnownError):
    """A reply came to a laptop that never asked."""

    message = N_("This laptop has made no enrolment request, so there is nothing this reply could belong to.")


class OwnRequestError(KnownError):
    """The request of this laptop was given in place of the centre's reply."""

    message = N_(
        "This is this laptop's own request. The reply is another file: the centre makes it from the request. "
        "Nothing was changed."
    )


class RequestInsteadError(KnownError):
    """The request of another laptop, or an earlier one of this, was given in place of the centre's reply."""

    message = N_(
        "This is a request of a laptop, not the reply. The reply is the file that the centre gives back. "
        "Nothing was changed."
    )


class ReplyForAnotherError(EnrolmentUnreadableError):
    """The centre's reply to another laptop, or to a request of another vault of this one."""

    message = N_(
        "This reply belongs to another request than the one of this laptop. Nothing was changed. "
        "Bring this laptop's request to the centre and take the reply to that one."
    )


class AlreadyEnrolledError(KnownError):
    """A second enrolment was begun."""

    message = N_("This laptop is already enrolled. Nothing was changed.")


class NothingToRehearseError(KnownError):
    """A drill was begun where recovery is not possible."""

    message = N_(
        "There is nothing to rehearse yet: this laptop is not enrolled, or the centre has named no custodians. "
        "Ask the centre for its list of custodians."
    )


class NoDrillError(KnownError):
    """A drill's answer came, but no drill waits for one."""

    message = N_("No drill of this laptop waits for a reply. Nothing was changed. Begin a drill first.")


class NotSupervisorError(KnownError):
    """Only supervisors manage the laptop's workers."""

    message = N_("Only a supervisor can add or remove workers on this laptop. Nothing was changed.")


class NoteChangedMeanwhileError(KnownError):
    """Somebody amended the note after this amendment was begun from an earlier version."""

    message = N_(
        "{worker} has changed this note since you began. Nothing was overwritten: your text is still here and theirs "
        "is shown beside it. Take over what you need, then finish again."
    )


class TooLateToTakeBackError(KnownError):
    """Finishing can be undone for a minute only, and only before the note was packed."""

    message = N_(
        "This note can no longer be taken back: more than a minute has passed, or it is packed for sending. "
        "Open it and amend it instead; the first text stays readable."
    )


class WordsNotFoundError(KnownError):
    """Words were to be blanked that do not stand in the note."""

    message = N_(
        "These words do not stand in this note, so nothing was changed. "
        "Copy them from the note as they are written there."
    )


class ConfirmationDiffersError(KnownError):
    """Erasing the whole laptop was not confirmed word by word."""

    message = N_("The words to confirm were not typed as they stand there, so nothing was erased.")


class PolicyNotUsableError(KnownError):
    """A value that no policy can have."""

    message = N_("This value cannot be set. {expected} Nothing was changed.")


class PolicyNeedsSupervisorError(KnownError):
    """Only supervisors set how long things stay."""

    message = N_("Only a supervisor can set how long notes stay on this laptop. Nothing was changed.")


class PracticeOnlyError(KnownError):
    """Something of practice was about to reach a real centre."""

    message = N_("This is practice: it sends to its own centre on this computer and to no other. Nothing was changed.")


class NotEmptyForPracticeError(KnownError):
    """A vault with notes in it was to become one for practice."""

    message = N_("This vault holds notes, so it cannot be used for practice. Nothing was changed.")


class ReviewNeedsSupervisorError(KnownError):
    """Only supervisors review notes."""

    message = N_("Only a supervisor reviews notes on this laptop. Nothing was changed.")


class ReviewRemarkError(KnownError):
    """A note was returned without a word."""

    message = N_("A note goes back with a remark. Write in a few words what is missing.")


class NoteChangedError(KnownError):
    """A note was amended while a supervisor looked at it."""

    message = N_("This note was amended in the meantime. Look at it again; nothing was changed.")


class FiguresNeedSupervisorError(KnownError):
    """Only supervisors see the figures."""

    message = N_("Only a supervisor sees the figures of this laptop.")


class PeriodNotUsableError(KnownError):
    """A range of days that cannot be counted."""

    message = N_("The days cannot be used. Choose a first day, and a last day at most {most} days later.")


class WeeksNotOverError(KnownError):
    """Figures for outside of days that are no whole weeks, or of a week that goes on."""

    message = N_(
        "What leaves the team covers whole weeks that are over, from Monday to Sunday. Choose such weeks, or take the"
        " figures out for the team only."
    )


class CountWentOnError(KnownError):
    """A count was to be taken back that is no longer as it was."""

    message = N_("This count has grown or was sealed since, so it cannot be taken back. Nothing was changed.")


class ActionLeftError(KnownError):
    """A police action was to be amended or taken back that is not there any more."""

    message = N_("This police action is no longer noted. Nothing was changed.")


class NoCheckInError(KnownError):
    """A reminder was answered that is not set."""

    message = N_("No time to call in is set. Nothing was changed.")


class CheckInTimeError(KnownError):
    """A time to call in that is over, or too far ahead to be meant."""

    message = N_("Choose a time to call in that comes within the next day.")


class SameContactError(KnownError):
    """A contact was to be merged with, or told apart from, itself."""

    message = N_("Both are the same contact, so nothing was changed. Choose another one.")


class ContactMergedError(KnownError):
    """A contact that stands under another one was to be merged."""

    message = N_("This contact was merged before. Merge the one it is kept with, or take the earlier merge back first.")


class AlreadyUndoneError(KnownError):
    """A merge or split was to be taken back twice."""

    message = N_("This was taken back before. Nothing was changed.")


class NoNotesChosenError(KnownError):
    """A split without notes, or with notes of somebody else."""

    message = N_("Choose at least one note of this contact that is about somebody else.")


class ShelterCodeError(KnownError):
    """A shelter was named by something that may be its address."""

    message = N_(
        "A shelter is named by a short code of your own, never by its address: at most {limit} letters, no comma, "
        "no house or post number."
    )


class StayDatesError(KnownError):
    """A stay that ends before it begins, or that is not over yet on a day to come."""

    message = N_("A stay ends on the day it began or later, and not after today. Check both dates.")


class ContactPersonMissingError(KnownError):
    """A decision that begins a period was to be kept, and nobody stands by her yet."""

    message = N_("Name her contact person under Plan first: whoever has a period has somebody who stands by her.")


class ReturnBeforeDecisionError(KnownError):
    """She would have gone home before her period began."""

    message = N_("The return lies before the decision. Check both dates.")


class PackFileWrongError(KnownError):
    """One file of a content pack is not right, so none of them is used."""

    message = N_(
        "The new texts of the centre are not used: the file {file} is not right ({reason}). "
        "The texts in use stay. Tell the centre."
    )


class PackOlderError(KnownError):
    """A pack with a number that is not higher than that of the one in use."""

    message = N_(
        "The texts found there (number {number}) are not newer than those in use (number {in_use}). "
        "The texts in use stay. To go back, the centre publishes the earlier texts under a new number."
    )


class PolicySetByCentreError(KnownError):
    """The centre's content sets this value."""

    message = N_(
        "The centre set {name} for all laptops. Nothing was changed. Ask the centre if it should be otherwise."
    )
