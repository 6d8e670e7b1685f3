"""How long work says where it is and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from outreach_app.errors import CancelledError

LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` in a ``phase``: packs, sealing, sending, receiving, letters, carrying, or again (0 of 0).

    ``again``: what time heals went wrong, and is tried again; what goes on then says so by its own phase.

    ``bytes_done`` of ``bytes_total`` belong to the batch on its way, where it goes in parts; 0 of 0 otherwise.
    """

    phase: str
    done: int
    total: int
    bytes_done: int = 0
    bytes_total: int = 0


Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Tell nobody."""


def check_cancel(cancel: Event | None) -> None:
    """Stop between two steps when asked to.

    Raises:
        CancelledError: the worker pressed cancel; what was finished stays.
    """
    if cancel is not None and cancel.is_set():
        raise CancelledError


class Halt:
    """Whether a run should wait (``pause`` is set) or end (``cancel`` is set); asked between two steps."""

    def __init__(self, cancel: Event | None = None, pause: Event | None = None) -> None:
        self._cancel = cancel or Event()
        self._pause = pause or Event()

    def check(self) -> None:
        """Return when the run may go on.

        Raises:
            CancelledError: the worker pressed stop; what was finished stays.
        """
        check_cancel(self._cancel)
        while self._pause.is_set():
            self._cancel.wait(LOOK_SECONDS)
            check_cancel(self._cancel)

    def wait(self, seconds: float) -> None:
        """Wait, and longer while paused; CancelledError as in ``check``."""
        while seconds > 0:
            self.check()
            self._cancel.wait(min(seconds, LOOK_SECONDS))
            seconds -= LOOK_SECONDS
        self.check()


def waiting_aloud(halt: Halt, report: Report) -> Callable[[float], None]:
    """Return a wait that is told first: there was no answer, and the same step is tried again after it."""

    def wait(seconds: float) -> None:
        report(Progress("again", 0, 0))
        halt.wait(seconds)

    return wait
