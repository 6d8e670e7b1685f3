"""A road that tries again: what time heals is asked once more, a little later each time, with the same bytes.

Full jitter: each wait is drawn between nothing and a limit that doubles, so that laptops that were cut off together do
not come back together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from secrets import SystemRandom
from typing import TypeVar

from outreach_app.clock import Clock, SystemClock
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import Between, Carrier, going_on
from outreach_app.sync.errors import (
    LineCutError,
    MailboxBusyError,
    MailboxFaultError,
    MailboxSilentError,
    NoNetworkError,
)

T = TypeVar("T")

HEALED_BY_TIME = (NoNetworkError, MailboxSilentError, MailboxBusyError, LineCutError)
FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
_MOST_DOUBLINGS = 10
FAULT_TRIES = 5  # time seldom heals what a mailbox stumbles over, and other batches wait behind it
_draw = SystemRandom().random


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a run may go on without anything getting through; None: for ever."""

    seconds: float | None

    def at_most(self, seconds: float) -> Patience:
        """Return the lesser of this one and ``seconds``."""
        return Patience(seconds if self.seconds is None else min(self.seconds, seconds))


ONCE = Patience(0)  # the first error ends the run
AT_A_PROMPT = Patience(10)
IN_THE_WINDOW = Patience(300)
FOR_EVER = Patience(None)


class TryingAgain:
    """Runs steps again and again while time may heal what went wrong."""

    def __init__(
        self,
        patience: Patience,
        wait: Callable[[float], None],
        *,
        clock: Clock | None = None,
        draw: Callable[[], float] = _draw,
    ) -> None:
        """``wait`` sleeps and may raise to stop; ``draw`` gives numbers from 0 to 1."""
        self._patience = patience
        self._wait = wait
        self._clock = clock or SystemClock()
        self._draw = draw
        self.got_through()

    def got_through(self) -> None:
        """Begin to count anew: something reached the other side."""
        self._tries = 0
        self._since = self._clock.running_seconds()

    def run(self, step: Callable[[], T]) -> T:
        """Return what ``step`` returns in the end.

        Raises:
            KnownError: what time does not heal, at once; what it does heal, when patience is over; a fault of
                the mailbox five times on end.
        """
        faults = 0
        while True:
            try:
                result = step()
            except HEALED_BY_TIME as error:
                faults = faults + 1 if isinstance(error, MailboxFaultError) else 0
                if faults == FAULT_TRIES:
                    raise
                self._wait_after(error)
            else:
                self.got_through()
                return result

    def _wait_after(self, error: KnownError) -> None:
        seconds = self._next_wait(float(error.values.get("retry_after", 0.0)))  # type: ignore[arg-type]  # a number of ours
        if self._patience.seconds is not None:
            left = self._since + self._patience.seconds - self._clock.running_seconds()
            if left <= 0:
                raise error
            seconds = min(seconds, left)
        self._wait(seconds)

    def _next_wait(self, asked_for: float) -> float:
        limit = min(LONGEST_WAIT, FIRST_WAIT * 2.0**self._tries)
        self._tries = min(self._tries + 1, _MOST_DOUBLINGS)
        return asked_for + limit * self._draw()


class PatientCarrier:
    """A road behind ``TryingAgain``; the laptop's side."""

    def __init__(self, carrier: Carrier, again: TryingAgain) -> None:
        self._carrier = carrier
        self._again = again

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes | None:
        """As the road does; each part that got through counts as going on."""
        furthest = 0

        def watched(done: int, total: int) -> None:
            nonlocal furthest
            if done > furthest:
                furthest = done
                self._again.got_through()
            between(done, total)

        return self._again.run(lambda: self._carrier.put_batch(data, watched))

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """As the road does."""
        return self._again.run(partial(self._carrier.fetch_receipts, sha512))

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        """As the road does."""
        return self._again.run(partial(self._carrier.fetch_letters, device))

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """As the road does."""
        return self._again.run(partial(self._carrier.fetch_pack_file, name, limit))
