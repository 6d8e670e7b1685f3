"""How long work says where it is and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from outreach_app.errors import CancelledError
from outreach_app.sync.carriers.patience import Patience, TryingAgain

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
        self._when_resumed: list[Callable[[], None]] = []

    def when_resumed(self, act: Callable[[], None]) -> None:
        """Call ``act`` each time a pause is over, in the thread of the run."""
        self._when_resumed.append(act)

    def check(self) -> bool:
        """Return when the run may go on: True when it was paused until now.

        Raises:
            CancelledError: the worker pressed stop; what was finished stays.
        """
        check_cancel(self._cancel)
        if not self._pause.is_set():
            return False
        while self._pause.is_set():
            self._cancel.wait(LOOK_SECONDS)
            check_cancel(self._cancel)
        for act in self._when_resumed:
            act()
        return True

    def wait(self, seconds: float) -> None:
        """Wait; a pause that ends meanwhile ends the wait, for the worker asked to go on. Errors as in ``check``."""
        while not self.check() and seconds > 0:
            self._cancel.wait(min(seconds, LOOK_SECONDS))
            seconds -= LOOK_SECONDS


def trying_aloud(halt: Halt, report: Report, patience: Patience) -> TryingAgain:
    """Return what tries a step again after telling that there was no answer; a pause does not use patience up."""

    def wait(seconds: float) -> None:
        report(Progress("again", 0, 0))
        halt.wait(seconds)

    again = TryingAgain(patience, wait)
    halt.when_resumed(again.got_through)
    return again
