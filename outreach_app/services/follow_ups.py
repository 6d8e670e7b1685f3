"""To-dos: what is due, done and undone, and put off with a reason until a day; put off is counted, never hidden."""

from __future__ import annotations

from datetime import date, timedelta

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import SnoozeDayError, SnoozeNeedsReasonError
from outreach_app.domain.texts import check_text
from outreach_app.records import follow_ups
from outreach_app.records.follow_ups import FollowUpRow
from outreach_app.services.parts import Parts

MOST_DAYS = 90  # further away it is another date, not a pause
MOST_LISTED = 200
_CHANGED = Changes(follow_ups=True)


class FollowUps:
    """The verbs of to-dos."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def list_due(self, limit: int = MOST_LISTED) -> tuple[FollowUpRow, ...]:
        """Return the most urgent open to-dos that are due and not put off."""
        with self._parts.vault.read() as db:
            return follow_ups.list_due(db, self._today(), limit)

    def list_put_off(self, limit: int = MOST_LISTED) -> tuple[FollowUpRow, ...]:
        """Return what is put off, with until when and why."""
        with self._parts.vault.read() as db:
            return follow_ups.list_put_off(db, self._today(), limit)

    def close_follow_up(self, follow_up_id: str) -> Changes:
        """Close a to-do."""
        with self._parts.vault.transaction() as db:
            follow_ups.close_follow_up(db, follow_up_id, self._parts.now_text())
            self._parts.vault.audit("changed", follow_up_id, "follow_up:closed")
        return _CHANGED

    def reopen_follow_up(self, follow_up_id: str) -> Changes:
        """Take the closing of a to-do back."""
        with self._parts.vault.transaction() as db:
            follow_ups.reopen_follow_up(db, follow_up_id)
            self._parts.vault.audit("changed", follow_up_id, "follow_up:open")
        return _CHANGED

    def snooze_follow_up(self, follow_up_id: str, until: date, reason: str) -> Changes:
        """Put an open to-do off until a day; its own date stays as it was.

        Raises:
            NotFoundError: no such to-do is open. SnoozeNeedsReasonError: no reason.
            SnoozeDayError: today or before, or more than 90 days away.
        """
        why = check_snooze(until, reason, self._today())
        with self._parts.vault.transaction() as db:
            follow_ups.snooze_follow_up(db, follow_up_id, until, why)
            self._parts.vault.audit("changed", follow_up_id, "follow_up:snoozed")
        return _CHANGED

    def wake_follow_up(self, follow_up_id: str) -> Changes:
        """Put a to-do off no longer.

        Raises:
            NotFoundError: no such to-do is open.
        """
        with self._parts.vault.transaction() as db:
            follow_ups.snooze_follow_up(db, follow_up_id, None, "")
            self._parts.vault.audit("changed", follow_up_id, "follow_up:woken")
        return _CHANGED

    def _today(self) -> date:
        return self._parts.clock.local_now().date()


def check_snooze(until: date, reason: str, today: date) -> str:
    """Return the reason for putting something off, checked, with its day.

    Raises:
        SnoozeNeedsReasonError: no reason. SnoozeDayError: today or before, or more than 90 days away.
        TextTooLongError, TextNotUsableError: the reason.
    """
    why = check_text(reason.strip(), "reason")
    if not why:
        raise SnoozeNeedsReasonError
    if not timedelta(0) < until - today <= timedelta(days=MOST_DAYS):
        raise SnoozeDayError(most=MOST_DAYS)
    return why
