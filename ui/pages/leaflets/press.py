"""Makes orders into one job and hands it to the printer or into a file; what came out is counted, locked or not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from outreach_app.leaflets.requests import Order
from ui.context import Context
from ui.models.files import write_file
from ui.models.leaflets_making import MadeJob, make_job
from ui.models.leaflets_memory import RunMemory
from ui.printing import print_pdf

Orders = tuple[Order, ...]


class Press(QObject):
    """One job at a time; ``ended`` comes whatever became of it."""

    made = Signal(int, int)  # so many of so many kinds of leaflets
    handing_over = Signal()
    printed = Signal(object, object, bool)  # Orders, MadeJob, whether it was to be stopped when it had gone
    saved = Signal(object)  # Path
    stopped = Signal()
    failed = Signal(object)  # Exception
    ended = Signal()

    def __init__(self, context: Context, memory: RunMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._memory = memory
        self._cancel = threading.Event()
        self.busy = False

    def print_orders(self, orders: Orders, printer: str) -> None:
        """Make everything and send it to ``printer`` as one job."""

        def hand_over(job: MadeJob) -> None:
            print_pdf(job.pdf, printer, sides=job.sides)

        self._start(orders, hand_over, lambda job: self._printed(orders, job))

    def save_orders(self, orders: Orders, file: Path) -> None:
        """Make everything and write it where the worker chose."""
        self._start(orders, lambda job: write_file(job.pdf, file), lambda _job: self.saved.emit(file))

    def cancel(self) -> None:
        """Stop making; what has gone to the printer has gone."""
        self._cancel.set()

    def _start(self, orders: Orders, hand_over: Callable[[MadeJob], object], done: Callable[[MadeJob], None]) -> None:
        tasks, day = self._context.tasks, self._context.program.clock.local_now().date()
        cancel = self._cancel = threading.Event()
        self.busy = True
        tell = tasks.marshalled(self._tell, owner=self)
        handing = tasks.marshalled(lambda _none: self.handing_over.emit(), owner=self)

        def stopped() -> bool:
            return cancel.is_set() or tasks.stopping.is_set()

        def work() -> MadeJob | None:
            job = make_job(orders, day, tell=lambda count, total: tell((count, total)), stopped=stopped)
            if job is None or stopped():
                return None
            handing(None)
            hand_over(job)
            return job

        tasks.run_free(work, lambda job: self._end(job, done), self._fail, owner=self)

    def _tell(self, counts: tuple[int, int]) -> None:
        self.made.emit(*counts)

    def _end(self, job: MadeJob | None, done: Callable[[MadeJob], None]) -> None:
        self.busy = False
        self.ended.emit()
        if job is None:
            self.stopped.emit()
        else:
            done(job)

    def _fail(self, error: Exception) -> None:
        self.busy = False
        self.ended.emit()
        self.failed.emit(error)

    def _printed(self, orders: Orders, job: MadeJob) -> None:
        self._count(orders, job)
        self._memory.printed([order.request for order in orders])
        self.printed.emit(orders, job, self._cancel.is_set())

    def _count(self, orders: Orders, job: MadeJob) -> None:
        """Count what came out, apart from what is given; while locked it is sealed for the next unlocking."""
        requests = [order.request for order in orders]
        rows = [
            (each.sheet, each.language, each.format, copies) for each, copies in zip(requests, job.copies, strict=True)
        ]
        if self._context.unlocked and not self._context.tasks.stopping.is_set():
            self._context.change(lambda session: [session.printing.count_printed(*row) for row in rows][-1])
        elif self._context.program.vault_exists():
            program = self._context.program
            self._context.tasks.run_free(
                lambda: [program.count_printed_while_locked(*row) for row in rows], lambda _counted: None
            )
