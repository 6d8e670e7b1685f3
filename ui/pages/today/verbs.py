"""What can be done with something due, each with a way back: done, put off with a reason, brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.rows import FollowUpRow
from ui.pages.today.due_card import DueCard
from ui.widgets.date_words import short_date

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.session import Session
    from outreach_app.services.today import DateNear

Act = Callable[[], None]
Verb = Callable[["Session"], "Changes"]
Snooze = Callable[["Session", date, str], "Changes"]


class DueVerbs:
    """Changes something due, says so, and offers to take it back."""

    def __init__(self, context: Context, card: DueCard) -> None:
        self._context = context
        self._card = card

    def done(self, close: Verb, reopen: Verb) -> Act:
        """Return what marks it done."""
        return lambda: self._change(close, _("Done."), reopen)

    def later(self, what: str, snooze: Snooze, wake: Verb) -> Act:
        """Return what asks until when and why, and then puts it off."""

        def put_off(until: date, reason: str) -> None:
            said = _("Put off until {date}.").format(date=short_date(until))
            self._change(lambda session: snooze(session, until, reason), said, wake, self._card.end_asking)

        return lambda: self._card.begin_asking(what, put_off)

    def bring_back(self, wake: Verb) -> Act:
        """Return what puts it off no longer."""
        return lambda: self._context.change(wake)

    def _change(self, change: Verb, said: str, back: Verb, then: Act | None = None) -> None:
        def told(_changes: object) -> None:
            if then is not None:
                then()
            self._context.messages.say(said, undo=lambda: self._context.change(back))

        self._context.change(change, told, owner=self._card)


class FollowUpVerbs(DueVerbs):
    """The verbs of to-dos."""

    def of(self, row: FollowUpRow, what: str) -> tuple[Act, Act]:
        """Return what marks it done, and what puts it off."""
        return (
            self.done(
                lambda session: session.follow_ups.close_follow_up(row.id),
                lambda session: session.follow_ups.reopen_follow_up(row.id),
            ),
            self.later(
                what,
                lambda session, until, why: session.follow_ups.snooze_follow_up(row.id, until, why),
                lambda session: session.follow_ups.wake_follow_up(row.id),
            ),
        )

    def wake(self, row: FollowUpRow) -> Act:
        """Return what brings it back."""
        return self.bring_back(lambda session: session.follow_ups.wake_follow_up(row.id))


class DateVerbs(DueVerbs):
    """The verbs of dates of pathways."""

    def of(self, row: DateNear, what: str) -> tuple[Act, Act]:
        """Return what marks it done, and what puts it off."""
        return (
            self.done(
                lambda session: session.pathways.finish_date(row.contact_id, row.which),
                lambda session: session.pathways.reopen_date(row.contact_id, row.which),
            ),
            self.later(
                what,
                lambda session, until, why: session.pathways.snooze_date(row.contact_id, row.which, until, why),
                lambda session: session.pathways.wake_date(row.contact_id, row.which),
            ),
        )

    def wake(self, row: DateNear) -> Act:
        """Return what brings it back."""
        return self.bring_back(lambda session: session.pathways.wake_date(row.contact_id, row.which))
