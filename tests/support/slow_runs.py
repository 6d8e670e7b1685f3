"""A run of sending whose steps are taken one by one, as a test of the page says."""

from __future__ import annotations

import threading

from PySide6.QtTest import QTest

from outreach_app.errors import CancelledError
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult


class Slow:
    """A run whose steps are taken one by one, as the test says."""

    def __init__(self, steps=3):
        self.steps = steps
        self.waiting, self.go = threading.Semaphore(0), threading.Semaphore(0)
        self.done = []

    def __call__(self, _context, _road, report, cancel, pause):
        for step in range(self.steps):
            report(Progress("sending", step, self.steps))
            self.waiting.release()
            self.go.acquire(timeout=5)
            while pause.is_set() and not cancel.is_set():
                cancel.wait(0.01)
            if cancel.is_set():
                raise CancelledError
            self.done.append(step)
        return SendingResult(1, 1, 0, ())

    def reach(self):
        """Wait until the next step is announced and shown."""
        assert self.waiting.acquire(timeout=5)
        for _turn in range(5):
            QTest.qWait(2)
