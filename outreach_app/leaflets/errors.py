"""What can go wrong when a leaflet is asked for. Fonts and room are typesetting's errors, named here for callers."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_
from outreach_app.typesetting.errors import FontMissingError, GlyphMissingError, TextDoesNotFitError

__all__ = [
    "DirectoryMissingError",
    "FontMissingError",
    "GlyphMissingError",
    "JobEmptyError",
    "JobStoppedError",
    "JobTooLargeError",
    "SameLanguageTwiceError",
    "SheetDamagedError",
    "SheetLacksEntryError",
    "TextDoesNotFitError",
    "TooManyCopiesError",
    "TranslationMissingError",
    "UnknownFormatError",
    "UnknownLanguageError",
    "UnknownSheetError",
]


class UnknownSheetError(KnownError):
    """No sheet has this name."""

    message = N_("There is no sheet called {sheet}. Choose one of: {known}.")


class UnknownLanguageError(KnownError):
    """No sheet is written in this language."""

    message = N_("There is no leaflet in the language {language}. Choose one of: {known}.")


class UnknownFormatError(KnownError):
    """A leaflet cannot be made in this format."""

    message = N_("There is no format called {format}. Choose one of: {known}.")


class DirectoryMissingError(KnownError):
    """The list of help lines is absent, damaged, or lacks an entry a leaflet needs."""

    message = N_("The list of help lines is missing or damaged ({entry}). Install the program again or ask the centre.")


class SheetLacksEntryError(KnownError):
    """The directory has no entry that this one sheet cannot do without."""

    message = N_("This leaflet is not printed until the centre adds to its list of help and places: {entry}.")


class SheetDamagedError(KnownError):
    """A shipped sheet or its list of states cannot be read."""

    message = N_("The sheet {sheet} is missing or damaged. Install the program again; your notes are not touched.")


class TranslationMissingError(KnownError):
    """A sheet is not complete in a language; it is not printed in two languages by accident."""

    message = N_("The sheet {sheet} is not complete in the language {language}. Choose another language.")


class SameLanguageTwiceError(KnownError):
    """A bilingual print was asked for with one language on both sides."""

    message = N_("A print in two languages needs two different ones. Choose another language beside hers.")


class JobEmptyError(KnownError):
    """Nothing was asked for."""

    message = N_("There is nothing to print. Choose at least one leaflet.")


class TooManyCopiesError(KnownError):
    """Fewer or more copies of one leaflet than one job may hold."""

    message = N_("{copies} copies cannot be printed at once. Choose from 1 to {most}; you can print again.")


class JobTooLargeError(KnownError):
    """More pages than one job may hold."""

    message = N_("This would be {pages} pages; one print job holds {most}. Print it in several parts.")


class JobStoppedError(KnownError):
    """The worker stopped the making of a job."""

    message = N_("Stopped. Nothing was printed or saved.")
