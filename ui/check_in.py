"""Reminds the worker to call in, also while the window is covered or locked; it blocks nothing and says nothing else.

The vault keeps the hour; while it is closed the hour alone is in memory, and a successor is handed it when it starts.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.domain.check_in import CheckIn as Kept
    from outreach_app.services.check_ins import CheckInSet
    from ui.widgets.reminder_strip import ReminderStrip

KEY = "Ctrl+T"
LOOK_EVERY = 5_000  # milliseconds
SPANS = (30, 60, 120, 180)  # minutes, offered by 1, 2, 3, 4
LATER = timedelta(minutes=10)
DAY = timedelta(days=1)


class CheckIn(QObject):
    """``place_strip`` puts the line into the window when it is first needed; ``covered`` tells of the cover."""

    def __init__(
        self, context: Context, place_strip: Callable[[ReminderStrip], None], covered: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context = context
        self._place_strip = place_strip
        self._covered = covered
        self._due: datetime | None = None  # when to remind next
        self._set_for: datetime | None = None  # what the vault says, as far as it was asked
        self._answered = False  # while locked: the vault hears of it at the next unlocking
        self._fires_at = 0.0  # in running seconds: a wall clock that is set back does not silence it
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.tick)
        context.changes_hub.changed.connect(self._heard)

    @cached_property
    def strip(self) -> ReminderStrip:
        """The line at the foot of the window."""
        made: ReminderStrip = _strips().ReminderStrip()
        made.chosen.connect(lambda minutes: self._set(self._now() + timedelta(minutes=minutes)))
        made.typed.connect(self._typed)
        made.taken_away.connect(self._take_away)
        made.done.connect(self._done)
        made.later.connect(self._later)
        self._place_strip(made)
        return made

    @property
    def remind_at(self) -> int | None:
        """When to remind next, in whole seconds since 1970, for a successor; None when nothing is set."""
        return None if self._due is None else int(self._due.timestamp())

    def carry_on(self, remind_at: int | None) -> None:
        """Take over the hour from the process before this one."""
        if remind_at is not None:
            self._set_for = datetime.fromtimestamp(remind_at, UTC)
            self._wait_until(self._set_for)

    def read(self) -> None:
        """Ask the vault just opened; what was answered while it was locked is told to it now."""
        self._context.ask(lambda session: session.check_ins.open(), self._known, owner=self)

    def press(self) -> None:
        """Do what the key is for: go to the reminder, or ask when to remind."""
        if "strip" in vars(self) and self.strip.reminding:
            self.strip.take_keyboard()
        elif self._context.unlocked and not self._covered():
            self._ask()

    def tick(self) -> None:
        """Look at the time once."""
        if self._due is not None and self._is_due() and not self.strip.reminding:
            minutes = int(LATER.total_seconds()) // 60
            later = ngettext("In {count} minute", "In {count} minutes", minutes).format(count=minutes)
            self.strip.remind(_("Time to call in"), _("Done"), later)

    def say_anew(self) -> None:
        """Say it in the language just chosen."""
        if "strip" in vars(self):
            self.strip.rest()
            self.tick()

    def _is_due(self) -> bool:
        clock = self._context.program.clock
        return self._due is not None and (clock.now() >= self._due or clock.running_seconds() >= self._fires_at)

    def _now(self) -> datetime:
        return self._context.program.clock.now()

    def _ask(self) -> None:
        local = self._context.program.clock.local_now()
        sentence = _("Remind me to call in")
        if self._due is not None:
            sentence = _("Call in at {hour}. Another time:").format(hour=_hour(self._due.astimezone(local.tzinfo)))
        told = _strips().AskedWords(
            sentence, _("or at, like 22:30"), _("No reminder") if self._due is not None else "", _("Close")
        )
        self.strip.ask(told, tuple((minutes, _span_words(minutes)) for minutes in SPANS))

    def _typed(self, text: str) -> None:
        hour = importlib.import_module("ui.models.hours").read_hour(text)
        if hour is None:
            self._context.messages.say(_("That is no hour yet. Type it like 22:30."), "notice")
            return
        local = self._context.program.clock.local_now()
        due = datetime.combine(local.date(), hour, local.tzinfo)
        self._set(due if due > local else due + DAY)

    def _set(self, due_at: datetime) -> None:
        self.strip.rest()
        self._context.change(lambda session: session.check_ins.set_for(due_at), self._was_set, owner=self)

    def _was_set(self, made: CheckInSet) -> None:
        before = self._set_for
        self._take(made.check_in)
        local = made.check_in.due_at.astimezone(self._context.program.clock.local_now().tzinfo)
        undo = self._take_away if before is None or before <= self._now() else lambda: self._set(before)
        self._context.messages.say(_("You are reminded to call in at {hour}.").format(hour=_hour(local)), undo=undo)

    def _take_away(self) -> None:
        self._forget()
        self._context.change(lambda session: session.check_ins.done())

    def _done(self) -> None:
        if self._context.unlocked:
            self._take_away()
        else:
            self._answered = True
            self._wait_until(None)

    def _later(self) -> None:
        due = self._now() + LATER
        if self._context.unlocked:
            self._context.change(lambda session: session.check_ins.set_for(due))
            self._set_for = due
        self._wait_until(due)

    def _known(self, found: Kept | None) -> None:
        """Bring together what the vault says and what happened to the reminder while it was closed."""
        same = found is not None and self._set_for is not None and _seconds(found.due_at) == _seconds(self._set_for)
        answered, moved_to = self._answered and same, self._due if same else None
        self._answered = False
        self._take(found)
        if answered:
            self._take_away()
        elif found is not None and moved_to is not None and moved_to > max(found.due_at, self._now()):
            self._set_again(moved_to)

    def _set_again(self, due_at: datetime) -> None:
        self._set_for = due_at
        self._wait_until(due_at)
        self._context.change(lambda session: session.check_ins.set_for(due_at))

    def _take(self, kept: Kept | None) -> None:
        self._set_for = None if kept is None else kept.due_at
        self._wait_until(self._set_for)

    def _forget(self) -> None:
        self._set_for = None
        self._wait_until(None)

    def _wait_until(self, due: datetime | None) -> None:
        if "strip" in vars(self):
            self.strip.rest()
        self._due = due
        if due is None:
            self._timer.stop()
            return
        self._fires_at = self._context.program.clock.running_seconds() + (due - self._now()).total_seconds()
        self._timer.start()
        self.tick()

    def _heard(self, changes: Changes) -> None:
        if changes.check_ins and self._context.unlocked:
            self.read()


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _span_words(minutes: int) -> str:
    if minutes < 60:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = minutes // 60
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def _strips() -> ModuleType:
    """Return the module of the line at the foot; the window starts without it."""
    return importlib.import_module("ui.widgets.reminder_strip")
