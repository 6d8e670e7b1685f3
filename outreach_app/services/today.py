"""What matters today, in one look: of each list only the most urgent, and how many more there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from outreach_app.domain.check_in import CheckIn
from outreach_app.domain.clock_doubt import doubtful_since
from outreach_app.domain.place import Place
from outreach_app.domain.plan import OverdueStep
from outreach_app.records import batches, encounters, enrolment, follow_ups, moments, places
from outreach_app.records.drafts import Draft
from outreach_app.records.follow_ups import FollowUpRow
from outreach_app.records.pathways import DateRow
from outreach_app.records.reviews import ReviewRow
from outreach_app.records.rows import Connection
from outreach_app.services.backing_up import BackingUp, BackupInfo
from outreach_app.services.check_ins import CheckIns
from outreach_app.services.drafts import Drafts
from outreach_app.services.parts import Parts
from outreach_app.services.pathways import Pathways
from outreach_app.services.plans import Plans
from outreach_app.services.recovering import Recovering, RecoveryStatus
from outreach_app.services.reviews import Reviews
from outreach_app.services.sending_reminder import Reminding, SendingReminder

FIRST_ROWS = 7  # of what may be long; whoever wants more asks for the list itself
MOST_LISTED = 20  # of what is short
DateNear = DateRow
ReturnedNote = ReviewRow


@dataclass(frozen=True, slots=True)
class DatesNear:
    """``pathways`` are the nearest of the ``due`` ones; ``put_off`` more were put off; ``steps`` of plans are late."""

    pathways: tuple[DateNear, ...]
    due: int
    put_off: int
    steps: tuple[OverdueStep, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """``held`` notes are on this laptop, the oldest ``oldest_days`` days old; ``waiting`` are in no batch yet.

    ``follow_ups_due`` are the most urgent of the ``due`` ones; ``put_off`` more were put off with a reason.
    ``returned`` are this worker's own notes that came back with a remark. ``backup`` is the last good one;
    ``backup_due`` says today has none. Why notes stay is asked of ``Keeping``: that means a look at every note, and the
    first page must not wait for it.
    ``disk_nearly_full``: the room kept in reserve had to be given up for the last change.
    ``held_back``: of the waiting ones, those that may not leave before a supervisor has looked at them.
    ``reminder``: sending is due. ``clock_doubt``: when a note was written that the laptop's clock does not go with.
    """

    today: date
    drafts: tuple[Draft, ...]
    returned: tuple[ReturnedNote, ...]
    check_in: CheckIn | None
    follow_ups_due: tuple[FollowUpRow, ...]
    due: int
    put_off: int
    dates: DatesNear
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
    clock_doubt: datetime | None
    held_back: int = 0
    reminder: SendingReminder | None = None


class Today:
    """The verb of the first page."""

    def __init__(
        self, parts: Parts, drafts: Drafts, backing_up: BackingUp, recovering: Recovering, check_ins: CheckIns,
        reviews: Reviews, pathways: Pathways, plans: Plans, reminding: Reminding,
    ) -> None:  # fmt: skip
        self._parts = parts
        self._drafts = drafts
        self._backing_up = backing_up
        self._recovering = recovering
        self._check_ins = check_ins
        self._reviews = reviews
        self._pathways = pathways
        self._plans = plans
        self._reminding = reminding

    def overview(self) -> Overview:
        """Return everything the first page shows."""
        today = self._parts.clock.local_now().date()
        drafts, returned = self._drafts.list_drafts(), self._reviews.list_returned(FIRST_ROWS)
        check_in, recovery, dates = self._check_ins.open(), self._recovering.status(), self._dates(today)
        held_back, reminder = self._reviews.held_back(), self._reminding.due()
        with self._parts.vault.read() as db:
            stored, oldest = enrolment.find_enrolment(db), encounters.oldest_shift(db)
            return Overview(
                today=today,
                drafts=drafts,
                returned=returned,
                check_in=check_in,
                follow_ups_due=follow_ups.list_due(db, today, FIRST_ROWS),
                due=follow_ups.count_due(db, today),
                put_off=follow_ups.count_put_off(db, today),
                dates=dates,
                revisit=places.list_revisits(db, today)[:MOST_LISTED],
                held=encounters.count_notes(db),
                oldest_days=None if oldest is None else max(0, (today - oldest).days),
                waiting=batches.count_unbatched_notes(db),
                last_receipt=_last_receipt(db),
                enrolled=stored is not None and stored.state == "enrolled",
                backup=self._backing_up.last_good(),
                backup_due=self._backing_up.is_due(),
                recovery=recovery,
                disk_nearly_full=self._parts.vault.reserve_given_up,
                clock_doubt=doubtful_since(self._parts.clock.now(), moments.newest_moments(db)),
                held_back=held_back,
                reminder=reminder,
            )

    def _dates(self, today: date) -> DatesNear:
        return DatesNear(
            self._pathways.dates_near(today, limit=FIRST_ROWS),
            self._pathways.count_dates_near(today),
            len(self._pathways.dates_put_off(today)),
            self._plans.list_overdue(today, MOST_LISTED),
        )


def _last_receipt(db: Connection) -> datetime | None:
    receipts = batches.list_receipts(db)
    return datetime.fromisoformat(receipts[0][2]) if receipts else None
