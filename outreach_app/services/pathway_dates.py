"""The dates of pathways that are near: told of 10 and 3 days before, dealt with, or put off with a reason."""

from __future__ import annotations

from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.pathway_case import WatchedDate
from outreach_app.domain.pathway_warnings import NEAR_DAYS
from outreach_app.records import contacts, pathways
from outreach_app.records.errors import NotFoundError
from outreach_app.records.pathways import DateRow
from outreach_app.services.follow_ups import check_snooze
from outreach_app.services.parts import Parts

MOST_LISTED = 200


class PathwayDates:
    """The verbs of dates that are near."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def dates_near(self, today: date, days: int = NEAR_DAYS, limit: int = MOST_LISTED) -> tuple[DateRow, ...]:
        """Return dates at most ``days`` away and those that are over, neither dealt with nor put off, nearest first."""
        with self._parts.vault.read() as db:
            return pathways.list_dates_near(db, today, days, limit)

    def count_dates_near(self, today: date, days: int = NEAR_DAYS) -> int:
        """Return how many dates are near or over."""
        with self._parts.vault.read() as db:
            return pathways.count_dates_near(db, today, days)

    def dates_put_off(self, today: date, days: int = NEAR_DAYS, limit: int = MOST_LISTED) -> tuple[DateRow, ...]:
        """Return dates that are near or over and were put off, with until when and why."""
        with self._parts.vault.read() as db:
            return pathways.list_dates_put_off(db, today, days, limit)

    def finish_date(self, contact_id: str, which: WatchedDate) -> Changes:
        """Say that somebody dealt with a date.

        Raises:
            NotFoundError: she has no such date.
        """
        return self._set_done(contact_id, which, self._parts.now_text(), "date:done")

    def reopen_date(self, contact_id: str, which: WatchedDate) -> Changes:
        """Take that back.

        Raises:
            NotFoundError: she has no such date.
        """
        return self._set_done(contact_id, which, None, "date:open")

    def snooze_date(self, contact_id: str, which: WatchedDate, until: date, reason: str) -> Changes:
        """Put a date off until a day; the date itself stays as it is.

        Raises:
            NotFoundError: she has no such date. SnoozeNeedsReasonError: no reason.
            SnoozeDayError: today or before, or too far away.
        """
        why = check_snooze(until, reason, self._parts.clock.local_now().date())
        return self._set_snoozed(contact_id, which, until, why)

    def wake_date(self, contact_id: str, which: WatchedDate) -> Changes:
        """Put a date off no longer.

        Raises:
            NotFoundError: she has no such date.
        """
        return self._set_snoozed(contact_id, which, None, "")

    def _set_done(self, contact_id: str, which: WatchedDate, done_at: str | None, told: str) -> Changes:
        with self._parts.vault.transaction() as db:
            hers = contacts.kept_id(db, contact_id)
            if not pathways.has_date(db, hers, which):
                raise NotFoundError
            pathways.set_done(db, hers, which, done_at)
            self._parts.vault.audit("changed", hers, told)
        return Changes(casework=True)

    def _set_snoozed(self, contact_id: str, which: WatchedDate, until: date | None, why: str) -> Changes:
        with self._parts.vault.transaction() as db:
            hers = contacts.kept_id(db, contact_id)
            if not pathways.has_date(db, hers, which):
                raise NotFoundError
            pathways.set_snoozed(db, hers, which, until, why)
            self._parts.vault.audit("changed", hers, "date:snoozed" if until else "date:woken")
        return Changes(casework=True)
