"""What the tour can find wrong; each names the step."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class StepNotVerifiedError(KnownError):
    """Reading back gave something else than what was done."""

    message = N_("The step {step} could not be verified: {what}. Nothing outside the tour's folder was touched.")
