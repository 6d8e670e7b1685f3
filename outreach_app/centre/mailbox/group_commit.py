"""Batches that arrive together are kept in one transaction: they share its wait for the log and for the disk.

Whoever comes first leads: it commits for all who wait, then hands on to the first who came meanwhile. Each batch
gets its own receipt or its own refusal; one that is refused does not touch the others.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from outreach_app.centre.mailbox.batch_log import Arrival, LogPage, LogState, hold_log

GROUP_LIMIT = 32  # batches in one transaction, each at most 1 MiB


class _Ticket:
    """One batch that waits, and how it ended."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.leads = False
        self.woken = threading.Event()
        self.receipt = b""
        self.error: BaseException | None = None

    def result(self) -> bytes:
        if self.error is not None:
            raise self.error
        return self.receipt


class GroupCommit:
    """Used by all threads of one worker."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._waiting: list[_Ticket] = []
        self._led = False

    def keep(self, arrival: Arrival) -> bytes:
        """Keep a batch and return its receipt; durable when it returns. Errors as ``LogPage.add``."""
        ticket = _Ticket(arrival)
        with self._lock:
            self._waiting.append(ticket)
            if not self._led:
                self._led = ticket.leads = True
        if not ticket.leads:
            ticket.woken.wait()
        if ticket.leads:
            self._lead()
        return ticket.result()

    def _lead(self) -> None:
        """Commit for all who wait once the log is held, oneself among them, and hand on."""
        group: list[_Ticket] = []
        try:
            self._commit(group)
        finally:
            with self._lock:
                self._led = bool(self._waiting)
                if self._led:
                    self._waiting[0].leads = True
                    self._waiting[0].woken.set()
            for ticket in group:
                ticket.woken.set()

    def _commit(self, group: list[_Ticket]) -> None:
        """Commit for a group; an empty one gathers who waits."""
        try:
            with self._engine.begin() as connection:
                state = hold_log(connection)
                self._gather(group)  # not before: others came while another worker held the log
                _keep_all(connection, state, group)
        except BaseException as error:  # noqa: BLE001  # nothing was kept, and everyone who waits must hear of it
            self._gather(group)
            if len(group) > 1 and isinstance(error, IntegrityError | DataError):
                self._commit_each(group)  # one of them does not fit: the others must not suffer for it
                return
            for ticket in group:
                ticket.error = error

    def _commit_each(self, group: Sequence[_Ticket]) -> None:
        for ticket in group:
            ticket.error = None
            self._commit([ticket])

    def _gather(self, group: list[_Ticket]) -> None:
        """Put those who wait into an empty group."""
        if not group:
            with self._lock:
                group[:], self._waiting = self._waiting[:GROUP_LIMIT], self._waiting[GROUP_LIMIT:]


def _keep_all(connection: sa.Connection, state: LogState, group: Sequence[_Ticket]) -> None:
    page = LogPage(connection, state, [ticket.arrival for ticket in group])
    for ticket in group:
        try:
            ticket.receipt = page.add(ticket.arrival)
        except Exception as error:  # noqa: BLE001  # of this batch alone, whatever it is
            ticket.error = error
    page.write()
