"""What matters today, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from outreach_app.domain.changes import Changes
from outreach_app.domain.place import Place
from outreach_app.records import batches, encounters, enrolment, follow_ups, places
from outreach_app.records.drafts import Draft
from outreach_app.records.follow_ups import FollowUpRow
from outreach_app.services.backing_up import BackingUp, BackupInfo
from outreach_app.services.drafts import Drafts
from outreach_app.services.parts import Parts
from outreach_app.services.recovering import Recovering, RecoveryStatus


@dataclass(frozen=True, slots=True)
class Overview:
    """``held`` notes are on this laptop, the oldest ``oldest_days`` days old; ``waiting`` are in no batch yet.

    ``follow_ups_due`` are the most urgent of the ``due`` ones. ``backup`` is the last good one; ``backup_due`` says
    today has none. Why notes stay is asked of ``Keeping``: that means a look at every note, and the first page must not
    wait for it.
    ``disk_nearly_full``: the room kept in reserve had to be given up for the last change.
    """

    today: date
    drafts: tuple[Draft, ...]
    follow_ups_due: tuple[FollowUpRow, ...]
    due: int
    revisit: tuple[Place, ...]
    held: int
    oldest_days: int | None
    waiting: int
    last_receipt: datetime | None
    enrolled: bool
    backup: BackupInfo | None
    backup_due: bool
    recovery: RecoveryStatus
    disk_nearly_full: bool


class Today:
    """The verbs of the first page."""

    def __init__(
        self, parts: Parts, draft_verbs: Drafts, backing_up: BackingUp, recovering: Recovering
    ) -> None:
        self._parts = parts
        self._drafts = draft_verbs
        self._backing_up = backing_up
        self._recovering = recovering

    def overview(self) -> Overview:
        """Return everything the first page shows."""
        today = self._parts.clock.local_now().date()
        drafts = self._drafts.list_drafts()
        recovery = self._recovering.status()
        with self._parts.vault.read():
            db = self._parts.vault.connection
            receipts = batches.list_receipts(db)
            stored, oldest = enrolment.find_enrolment(db), encounters.oldest_shift(db)
            return Overview(
                today=today,
                drafts=drafts,
                follow_ups_due=follow_ups.list_open(db, today),
                due=follow_ups.count_open(db, today),
                revisit=places.list_revisits(db, today),
                held=encounters.count_notes(db),
                oldest_days=None if oldest is None else max(0, (today - oldest).days),
                waiting=batches.count_unbatched_notes(db),
                last_receipt=datetime.fromisoformat(receipts[0][2]) if receipts else None,
                enrolled=stored is not None and stored.state == "enrolled",
                backup=self._backing_up.last_good(),
                backup_due=self._backing_up.is_due(),
                recovery=recovery,
                disk_nearly_full=self._parts.vault.reserve_given_up,
            )

    def close_follow_up(self, follow_up_id: str) -> Changes:
        """Close a to-do."""
        with self._parts.vault.transaction():
            follow_ups.close_follow_up(self._parts.vault.connection, follow_up_id, self._parts.now_text())
            self._parts.vault.audit("changed", follow_up_id, "follow_up:closed")
        return Changes(follow_ups=True)

    def reopen_follow_up(self, follow_up_id: str) -> Changes:
        """Take the closing of a to-do back."""
        with self._parts.vault.transaction():
            follow_ups.reopen_follow_up(self._parts.vault.connection, follow_up_id)
            self._parts.vault.audit("changed", follow_up_id, "follow_up:open")
        return Changes(follow_ups=True)
