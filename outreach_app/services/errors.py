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
