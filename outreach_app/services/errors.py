"""What can stand in the way of sending and enrolling."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class NotEnrolledError(KnownError):
    """Sealing needs the centre's keys."""

    message = N_(
        "This laptop is not enrolled yet, so nothing can be sealed for the centre. Your notes are safe here. "
        "Make an enrolment request and bring it to the centre."
    )


class NoRequestError(KnownError):
    """A reply came to a laptop that never asked."""

    message = N_("This laptop has made no enrolment request, so there is nothing this reply could belong to.")


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
