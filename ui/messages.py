"""What the window says when something happened: one calm sentence in one place, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from outreach_app import logs
from outreach_app.errors import KnownError
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

log = logging.getLogger(__name__)

BUG_SENTENCE = N_(
    "The program made a mistake. What was kept is safe. "
    "If it happens again, lock and unlock."
)


@dataclass(frozen=True, slots=True)
class WayBack:
    """A way back that is called otherwise than "Undo", because it takes back less than that promises."""

    take_back: Callable[[], None]
    words: str

    def __call__(self) -> None:
        self.take_back()


def undo_words(undo: object) -> str:
    """Return what the button of a way back says, "" if there is no way back."""
    if isinstance(undo, WayBack):
        return undo.words
    return _("Undo") if callable(undo) else ""


class Messages(QObject):
    """Collects what is to be said; the frame shows it in its banner."""

    said = Signal(str, str, object)  # tone (calm, notice, urgent), sentence, Undo or None
    cleared = Signal()

    def say(self, sentence: str, tone: str = "calm", undo: object = None) -> None:
        """Show a sentence; ``undo`` is a callable offered as a button, a WayBack where it has its own name, or None."""
        self.said.emit(tone, sentence, undo)

    def clear(self) -> None:
        """Take the sentence away."""
        self.cleared.emit()

    def tell_error(self, error: Exception) -> None:
        """Show a fault: the world's in its own words, ours as one sentence and a report of code locations."""
        self.say(self.sentence(error), "notice")

    def sentence(self, error: Exception) -> str:
        """Return the sentence for a fault; one of ours is written down first, by its places in the code only."""
        if isinstance(error, KnownError):
            return error.sentence()
        logs.bug(log, error)
        return _(BUG_SENTENCE)
