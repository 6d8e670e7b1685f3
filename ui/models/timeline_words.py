"""The lines of a contact's timeline in words: what happened on a day, and what was typed about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from outreach_app.domain.pathway_case import WatchedDate
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.casework_words import recipient_words, state_words
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.note_words import short_outcome
from ui.models.pathway_words import date_words, maker_words

MOST_LETTERS = 160  # of a line; the rest is on the note
PARTNERED = frozenset({"consent", "consent_withdrawn", "referral"})  # their words name whom: in the first line


class TimelineRow(Protocol):
    """One thing of a day, see ``outreach_app.records.timeline``."""

    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def more(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class TimelineWords:
    """Says each row in two lines: the day with what it was, and the words."""

    words: Words
    today: Callable[[], date]

    def first(self, row: TimelineRow) -> str:
        """Return the day and what happened."""
        return " · ".join(filter(None, (day_in_words(row.day, self.today()), self._happened(row))))

    def second(self, row: TimelineRow) -> str:
        """Return what was typed, cut to a line."""
        typed = isolated(row.words[:MOST_LETTERS])
        if row.kind == "encounter":
            outcome = short_outcome(row.more)
            return " · ".join(part for part in (outcome if outcome != "–" else "", typed) if part)
        if row.kind == "merge":
            return " · ".join(filter(None, (isolated(row.code), typed)))
        return "" if row.kind in PARTNERED else typed

    def _happened(self, row: TimelineRow) -> str:
        say: dict[str, Callable[[], str]] = {
            "encounter": lambda: " · ".join(
                filter(None, (isolated(row.place), self.words.of("settings", row.code)))
            ),
            "consent": lambda: _("She agreed: {recipient}").format(recipient=recipient_words(row.code, row.words)),
            "consent_withdrawn": lambda: _("She took it back: {recipient}").format(
                recipient=recipient_words(row.code, row.words)
            ),
            "referral": lambda: _("Referral to {recipient}: {state}").format(
                recipient=recipient_words(row.code, row.words), state=state_words(row.more)
            ),
            "decision": lambda: _("Decision by {maker}: {outcome}").format(
                maker=maker_words(row.code), outcome=self.words.of("decision_outcomes", row.more)
            ),
            "date": lambda: date_words(cast("WatchedDate", row.code)),
            "plan_step": lambda: _("A step of her plan is done"),
            "stay_entered": lambda: _("Came to the shelter {code}").format(code=isolated(row.place)),
            "stay_left": lambda: _("Left the shelter {code}").format(code=isolated(row.place)),
            "merge": lambda: _("Merged: one person under two names"),
            "split": lambda: _("Split: notes of another person"),
        }
        return say[row.kind]()
