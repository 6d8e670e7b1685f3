"""What the tour found, step by step; written as ``report.json``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from outreach_app.clock import Clock
from outreach_app.tour.errors import StepNotVerifiedError


class Receipts(msgspec.Struct):
    """Receipts taken and verified on the laptop."""

    stored: int = 0
    ingested: int = 0


class Report(msgspec.Struct):
    """Counts of what was done and verified. ``statistics`` is what the centre counted; ``seconds`` is per step."""

    encounters: int = 0
    tallies: int = 0
    batches: int = 0
    receipts: Receipts = msgspec.field(default_factory=Receipts)
    leaflets: int = 0
    screens: int = 0
    statistics: dict[str, Any] = msgspec.field(default_factory=dict)
    seconds: dict[str, float] = msgspec.field(default_factory=dict)
    verified: list[str] = msgspec.field(default_factory=list)


class Verifier:
    """Runs steps, measures them and refuses what does not read back as it was done."""

    def __init__(self, report: Report, clock: Clock, say: Any) -> None:
        self.report = report
        self._clock = clock
        self._say = say
        self._step = ""

    @contextmanager
    def step(self, name: str, told: str) -> Iterator[None]:
        """Say what is done, time it, and note it as verified when the block ends without complaint."""
        self._step = name
        self._say(f"{len(self.report.verified) + 1:2}. {told}")
        began = self._clock.running_seconds()
        yield
        self.report.seconds[name] = round(self._clock.running_seconds() - began, 3)
        self.report.verified.append(name)

    def expect(self, true: bool, what: str) -> None:
        """Refuse the step unless ``true``.

        Raises:
            StepNotVerifiedError: with the step's name and what was not so.
        """
        if not true:
            raise StepNotVerifiedError(step=self._step, what=what)

    def detail(self, told: str) -> None:
        """Say one line about the step."""
        self._say(f"      {told}")
