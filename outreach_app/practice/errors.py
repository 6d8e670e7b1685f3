"""What can stand in the way of practising."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class CentreProcessError(KnownError):
    """The centre's process did not do what it was asked."""

    message = N_("The centre's process did not answer in the step {step} (code {code}).")


class NotAPracticeFolderError(KnownError):
    """The folder for practice holds something else."""

    message = N_("{folder} holds something else than practice. Nothing was changed. Name another folder.")
