"""What can go wrong while a page is set: a font, a letter or the room is missing."""

from __future__ import annotations

from outreach_app.errors import BugError, KnownError
from outreach_app.i18n import N_


class FontMissingError(KnownError):
    """A shipped font file is not there or is damaged."""

    message = N_("The font {font} is missing or damaged. Install the program again; your notes are not touched.")


class GlyphMissingError(KnownError):
    """No shipped font can draw a letter."""

    message = N_("This text holds a letter that cannot be printed ({letter}). Write it in another way and try again.")


class TextDoesNotFitError(KnownError):
    """Even at the smallest readable size the text needs more room than the page has."""

    message = N_("The text is too long for this format. Choose a larger format.")


class PictureUnknownError(KnownError):
    """A sheet names a drawing that does not exist."""

    message = N_("There is no picture with the name {name}. Install the program again; your notes are not touched.")


class DrawingRefusedError(KnownError):
    """A shipped drawing is damaged, or holds more than plain lines."""

    message = N_("The picture {name} is damaged ({reason}). Install the program again; your notes are not touched.")


class ArchivingFailedError(KnownError):
    """The archived copy of a file could not be shown to conform to PDF/A."""

    message = N_("No file for long keeping can be made of this leaflet. Save it as an ordinary PDF file.")


class UnbalancedMarksError(BugError):
    """A piece of the structure tree was opened and never closed, or the other way round."""
