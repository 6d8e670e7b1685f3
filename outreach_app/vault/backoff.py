"""Waits that grow with wrong tries, measured by running time.

The count lies in a small file and the whole wait begins anew at each start, so neither a restart nor a changed clock
makes it shorter. It slows a hand at the keyboard; against a copied disk only the slow key derivation helps.
"""

from __future__ import annotations

import math
from pathlib import Path

from outreach_app.clock import Clock
from outreach_app.vault.errors import WaitBeforeTryError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import TRIES
from outreach_app.vault.safe_files import read_limited, replace_durably

NAME = TRIES
FREE_TRIES = 3  # cold hands at night
FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 300.0
_MOST_COUNTED = 99


class Backoff:
    """Counts wrong tries of one vault folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._file = folder / NAME
        self._clock = clock
        self._wrong = self._stored_count()
        self._since = clock.running_seconds()

    @property
    def wrong_tries(self) -> int:
        """Wrong tries in a row."""
        return self._wrong

    def seconds_left(self) -> float:
        """Return how long until the next try is taken, 0 when at once."""
        passed = self._clock.running_seconds() - self._since
        return max(0.0, wait_after(self._wrong) - passed)

    def check(self) -> None:
        """Refuse a try that comes too early.

        Raises:
            WaitBeforeTryError: with the whole seconds left.
        """
        left = self.seconds_left()
        if left > 0:
            raise WaitBeforeTryError(seconds=math.ceil(left))

    def note_wrong(self) -> None:
        """Count one wrong try and begin its wait."""
        self._wrong = min(self._wrong + 1, _MOST_COUNTED)
        self._since = self._clock.running_seconds()
        with mapped_files(self._folder):
            replace_durably(self._file, str(self._wrong).encode())

    def note_right(self) -> None:
        """Forget the wrong tries."""
        if self._wrong:
            self._wrong = 0
            with mapped_files(self._folder):
                self._file.unlink(missing_ok=True)

    def _stored_count(self) -> int:
        content = read_limited(self._file, 2)
        return int(content) if content is not None and content.isdigit() else 0


def wait_after(wrong_tries: int) -> float:
    """Return the wait in seconds after so many wrong tries in a row: none at first, then doubled up to five minutes."""
    if wrong_tries < FREE_TRIES:
        return 0.0
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** (wrong_tries - FREE_TRIES))
