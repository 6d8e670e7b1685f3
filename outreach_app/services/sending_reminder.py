"""The weekly reminder of sending: whether it is due today, and putting it off until tomorrow."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.domain.sending_reminder import SendingReminder, reminder_for
from outreach_app.records import enrolment, notices, policy, roads, tallies
from outreach_app.services.parts import Parts
from outreach_app.services.waiting_records import waiting_notes

__all__ = ["Reminding", "SendingReminder"]


class Reminding:
    """The verbs of the reminder; any worker may send, so it is for all of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def due(self) -> SendingReminder | None:
        """Return what to remind of today; None before enrolment, and where nothing is due."""
        now = self._parts.clock.local_now()
        with self._parts.vault.read() as db:
            enrolled_at = enrolment.enrolled_at(db)
            if enrolled_at is None:
                return None
            done = [each.done_at for each in roads.list_roads(db).values() if each.done_at is not None]
            waiting = len(waiting_notes(self._parts)) + len(tallies.list_unbatched_tallies(db))
            return reminder_for(
                now.date(), since=max(done, default=enrolled_at).astimezone(now.tzinfo).date(),
                waiting=waiting + len(notices.list_unbatched_notices(db)), weekday=policy.sending_weekday(db),
                put_off_on=policy.reminder_put_off_on(db), contacted=bool(done),
            )  # fmt: skip

    def put_off(self) -> Changes:
        """Be silent for the rest of this day."""
        with self._parts.vault.transaction() as db:
            policy.keep_reminder_put_off(db, self._parts.clock.local_now().date())
        return Changes(sending=True)
