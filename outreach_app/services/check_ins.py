"""The worker's own safety: when she wants to be reminded to call in. Reminding blocks nothing and tells nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach_app.domain.changes import Changes
from outreach_app.domain.check_in import LONGEST, CheckIn
from outreach_app.records import check_ins
from outreach_app.services.errors import CheckInTimeError, NoCheckInError
from outreach_app.services.parts import Parts

CHANGES = Changes(check_ins=True)


@dataclass(frozen=True, slots=True)
class CheckInSet:
    """What is open now."""

    check_in: CheckIn
    changes: Changes = CHANGES


class CheckIns:
    """The verbs of the reminder; each worker has her own."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open(self) -> CheckIn | None:
        """Return the reminder this worker has set and not answered."""
        with self._parts.vault.read():
            return check_ins.find_open(self._parts.vault.connection, self._parts.worker.id)

    def set_for(self, due_at: datetime) -> CheckInSet:
        """Remind at ``due_at``; one that is open is moved there (so is one that is put off).

        Raises:
            CheckInTimeError: the time is over, or more than a day ahead.
        """
        now = self._parts.clock.now()
        if not timedelta() < due_at - now <= LONGEST:
            raise CheckInTimeError
        with self._parts.vault.transaction():
            db, worker = self._parts.vault.connection, self._parts.worker
            before = check_ins.find_open(db, worker.id)
            if before is None:
                check_in = CheckIn(self._parts.ids.new_id(), due_at, now)
                check_ins.add_check_in(db, check_in, worker.id)
            else:
                check_in = CheckIn(before.id, due_at, before.made_at)
                check_ins.move_check_in(db, before.id, due_at)
            self._parts.vault.audit("changed", check_in.id, "check_in")
        return CheckInSet(check_in)

    def done(self) -> Changes:
        """Note that the worker called in, or wants no reminder any more.

        Raises:
            NoCheckInError: none is set.
        """
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            found = check_ins.find_open(db, self._parts.worker.id)
            if found is None:
                raise NoCheckInError
            check_ins.close_check_in(db, found.id, self._parts.now_text())
            self._parts.vault.audit("changed", found.id, "check_in:done")
        return CHANGES
