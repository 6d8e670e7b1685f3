"""The two kinds of error: the world's (shown calmly, with a way on) and ours (a bug).

Each package lists its own family in one module named ``errors.py``; every name ends in ``Error``.
A ``KnownError`` subclass holds its sentence as a gettext message with named places, for example::

    class StickFullError(KnownError):
        message = N_("The stick is full. Nothing was lost. Free {megabytes} MB or use another stick.")

Values filled in are numbers, file names the user chose, field names and codes; never text of a note.
"""

from __future__ import annotations

import errno
from typing import ClassVar, Final

from outreach_app.i18n import N_, gettext

EXIT_DONE = 0
EXIT_KNOWN = 3
EXIT_BUG = 70
NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class OutreachError(Exception):
    """Base of everything this program raises on purpose."""


class KnownError(OutreachError):
    """The world's fault: one calm sentence with a way on, in the interface language."""

    message: ClassVar[str] = N_("Something went wrong. Nothing was lost.")

    def __init__(self, **values: object) -> None:
        """Keep the values that fill the sentence."""
        super().__init__(type(self).__name__)
        self.values = values

    def sentence(self) -> str:
        """Return the sentence in the interface language."""
        return gettext(self.message).format(**self.values)

    def __str__(self) -> str:
        return self.sentence()


class BugError(OutreachError):
    """Ours: goes to a report that holds code locations only, never values."""


class DiskFullError(KnownError):
    """No space left where the program writes."""

    message = N_("The disk is full. Nothing was lost; what you wrote is still here. Free some space and try again.")


class FolderNotWritableError(KnownError):
    """The program may not write where it was asked to."""

    message = N_("The folder {folder} cannot be written to. Choose another folder or change its rights.")


class FileMissingError(KnownError):
    """A file that was named is not there or cannot be read."""

    message = N_("The file {file} cannot be read. Check its name and try again.")


class CancelledError(KnownError):
    """The worker stopped long work; what was finished stays."""

    message = N_("Stopped. What was finished so far is kept.")
