"""The lines of Today in words: drafts and returned notes, to-dos, dates of pathways and plans, places, counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from outreach_app.domain.place import Place
from outreach_app.domain.tally import Tally
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.codes import Words
from ui.models.dates import ago_in_words, day_in_words, due_in_words, moment_in_words
from ui.models.pathway_words import date_words as name_of_date
from ui.models.rows import DraftRow, FollowUpRow, TallyRow
from ui.widgets.list_card import ListRow

if TYPE_CHECKING:
    from outreach_app.domain.plan import OverdueStep
    from outreach_app.domain.sending_reminder import SendingReminder
    from outreach_app.services.today import DateNear, ReturnedNote

Act = Callable[[], object]
GoTo = Callable[[str, dict[str, str]], object]
ASK_ALONE, CHILD_CALL = "ask_alone", "child_call"
MOST_LETTERS = 160  # of a line; the rest is on the note


@dataclass(frozen=True)
class TodayRows:
    """Makes rows as of ``now``, a local moment; ``go_to`` takes a page and a place in it."""

    words: Words
    now: Callable[[], datetime]
    go_to: GoTo

    def draft(self, draft: DraftRow) -> ListRow:
        """Return an unfinished note."""
        now = self.now()
        kept = moment_in_words(draft.kept_at.astimezone(now.tzinfo), now.date())
        return ListRow(
            _("Encounter, kept {when}").format(when=kept), self._first_words(draft.fields), _("Go on"),
            lambda: self.go_to("encounter", {"draft_id": draft.id}), icon="draft",
        )  # fmt: skip

    def returned(self, note: ReturnedNote) -> ListRow:
        """Return a note that a supervisor gave back with a remark."""
        about = " · ".join(filter(None, (
            day_in_words(note.shift_date, self._today()), isolated(note.place_code), isolated(note.contact_name)
        )))  # fmt: skip
        return ListRow(
            _("Came back: {note}").format(note=about), _short(note.remark), _("Open"),
            lambda: self.go_to("encounters", {"encounter_id": note.id}), tone="notice", icon="review",
        )  # fmt: skip

    def reminder(self, due: SendingReminder, on_later: Act) -> ListRow:
        """Return that it is time to send; the row is silent until tomorrow when it is put off."""
        waiting = ngettext("{count} waits to be sent", "{count} wait to be sent", due.waiting)
        last = _("no contact with the centre yet") if due.last is None else _("last contact {when}").format(
            when=ago_in_words(due.last, self._today())
        )
        about = (waiting.format(count=due.waiting) if due.waiting else _("nothing waits; receipts may"), last)
        return ListRow(
            _("Time to send"), " · ".join(about), _("Sending"), lambda: self.go_to("sending", {"view": "send"}),
            second=_("Tomorrow"), on_second=on_later, icon="sending",
        )  # fmt: skip

    def check_in(self, due_at: datetime, on_done: Act) -> ListRow:
        """Return when to call in."""
        now = self.now()
        local = due_at.astimezone(now.tzinfo)
        return ListRow(
            _("Call in {when}").format(when=moment_in_words(local, now.date())), "", _("I called in"), on_done,
            tone="notice" if local <= now else "muted", icon="phone",
        )  # fmt: skip

    def follow_up(self, row: FollowUpRow, on_done: Act, on_later: Act) -> ListRow:
        """Return a to-do that is due."""
        today = self._today()
        tone = "notice" if row.due_on < today else "muted"
        return ListRow(
            follow_up_words(row), due_in_words(row.due_on, today), _("Open"), self._to_note(row),
            second=_("Done"), on_second=on_done, third=_("Later"), on_third=on_later,
            tone="urgent" if row.kind == CHILD_CALL else tone, icon="urgent" if row.kind == CHILD_CALL else "clock",
        )  # fmt: skip

    def follow_up_put_off(self, row: FollowUpRow, on_wake: Act) -> ListRow:
        """Return a to-do that was put off."""
        return ListRow(
            follow_up_words(row), self._put_off(row.due_on, row.snoozed_until, row.snooze_reason), _("Open"),
            self._to_note(row), second=_("Bring back"), on_second=on_wake, icon="clock",
        )  # fmt: skip

    def date_near(self, row: DateNear, on_done: Act, on_later: Act) -> ListRow:
        """Return a date of a pathway that is near or over."""
        return ListRow(
            date_words(row), " · ".join((self._day(row.on_date), _whose(row))), _("Open"), self._to_pathway(row),
            second=_("Done"), on_second=on_done, third=_("Later"), on_third=on_later,
            tone="notice" if row.on_date <= self._today() else "muted", icon="calendar",
        )  # fmt: skip

    def date_put_off(self, row: DateNear, on_wake: Act) -> ListRow:
        """Return a date that was put off."""
        return ListRow(
            date_words(row), self._put_off(row.on_date, row.snoozed_until, row.snooze_reason), _("Open"),
            self._to_pathway(row), second=_("Bring back"), on_second=on_wake, icon="calendar",
        )  # fmt: skip

    def plan_step(self, row: OverdueStep) -> ListRow:
        """Return a step of a plan that should have been done."""
        late = "" if row.step.due_on is None else due_in_words(row.step.due_on, self._today())
        return ListRow(
            " · ".join((isolated(row.contact_name), _short(row.step.what))),
            " · ".join(filter(None, (late, _("step of her plan"), _short(row.step.responsible)))), _("Open"),
            lambda: self.go_to("contacts", {"contact_id": row.contact_id, "view": "plan"}), tone="notice",
            icon="calendar",
        )  # fmt: skip

    def revisit(self, place: Place) -> ListRow:
        """Return a place to go back to: its day has come, or something is suspected."""
        due = due_in_words(place.revisit_on, self._today()) if place.revisit_on else ""
        why = (self.words.of("settings", place.setting), due, _short(place.suspicion))
        return ListRow(
            isolated(place.code), " · ".join(filter(None, why)), _("New encounter here"),
            lambda: self.go_to("encounter", {"place_id": place.id}), icon="places",
        )  # fmt: skip

    def tally(self, row: TallyRow) -> ListRow:
        """Return a count of a day."""
        tally: Tally = row.tally
        parts = (self.words.of("tally_groups", tally.group), self.words.of("settings", tally.setting))
        counted = ngettext("{count} counted", "{count} counted", tally.count).format(count=tally.count)
        return ListRow(counted, " · ".join((day_in_words(tally.shift_date, self._today()), *parts)), icon="group")

    def _today(self) -> date:
        return self.now().date()

    def _day(self, day: date) -> str:
        return " · ".join((due_in_words(day, self._today()), day_in_words(day, self._today())))

    def _put_off(self, due_on: date, until: date | None, reason: str) -> str:
        when = "" if until is None else _("until {date}").format(date=day_in_words(until, self._today()))
        return " · ".join(filter(None, (when, _short(reason), due_in_words(due_on, self._today()))))

    def _to_note(self, row: FollowUpRow) -> Act:
        return partial(self.go_to, "encounters", {"encounter_id": row.encounter_id})

    def _to_pathway(self, row: DateNear) -> Act:
        return partial(self.go_to, "contacts", {"contact_id": row.contact_id, "view": "pathway"})

    def _first_words(self, fields: Mapping[str, object]) -> str:
        content = fields.get("content")
        if not isinstance(content, Mapping):
            return ""
        where = self.words.of("settings", str(content.get("setting", "")))
        return " · ".join(filter(None, (where, isolated(str(content.get("note", ""))[:60]))))


def follow_up_words(row: FollowUpRow) -> str:
    """Return who and what a to-do is about."""
    if row.kind == CHILD_CALL:
        return " · ".join(filter(None, (_("Child: call now"), isolated(row.contact_name))))
    what = _("Ask again alone") if row.kind == ASK_ALONE else ""
    return " · ".join(filter(None, (isolated(row.contact_name), what, _short(row.what)))) or _("Follow up")


def date_words(row: DateNear) -> str:
    """Return whose date it is and what ends or has to be asked for."""
    return " · ".join((isolated(row.contact_name), name_of_date(row.which)))


def _whose(row: DateNear) -> str:
    if row.which == "letter_missing":
        return _("a period was given, and nothing is counted while her stay is not noted")
    return _("from her letter") if row.from_letter else _("our count, not a letter's")


def _short(text: str) -> str:
    line = " ".join(text[: 4 * MOST_LETTERS].split())
    return isolated(line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…")
