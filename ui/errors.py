"""What can go wrong in the window itself."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class NoPrinterError(KnownError):
    """No printer can be reached from here."""

    message = N_("No printer was found. Save the PDF instead, or connect a printer and try again.")


class PrinterRefusedError(KnownError):
    """The printer did not take the leaflet."""

    message = N_("The printer {printer} did not take the leaflet. Check that it is on, or save the PDF instead.")


class PrinterSilentError(KnownError):
    """Nobody knows whether the printer took the leaflet: the printing system gave no answer in time."""

    message = N_("The printer {printer} did not answer. Look whether it printed before you print again.")
