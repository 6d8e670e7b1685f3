"""The notes on their way as rows of a table, and the groups they are looked at in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.paged_rows import PagedRows
from ui.models.sending_journey import state_in_words

if TYPE_CHECKING:
    from outreach_app.services.sending_states import JourneyState
    from ui.models.rows import JourneyRow

DATE, CONTACT, STATE, WHERE = range(4)  # what is left out first on a small screen stands last
HEADS = (N_("Date"), N_("Contact"), N_("How far"), N_("Where"))
GROUPS: Mapping[str, tuple[str, tuple[JourneyState, ...]]] = {
    "on_their_way": (
        N_("Not counted yet ({count})"), ("held", "waiting", "again", "sealed", "sent", "stored", "put_aside"),
    ),
    "waiting": (N_("Waiting ({count})"), ("held", "waiting", "again")),
    "left": (N_("Sealed or handed over ({count})"), ("sealed", "sent", "stored")),
    "put_aside": (N_("Put aside ({count})"), ("put_aside",)),
    "counted": (N_("Counted ({count})"), ("counted",)),
}  # fmt: skip


class JourneyRows(PagedRows):
    """Rows newest first."""

    def __init__(self, words: Words, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(HEADS, parent)
        self._words = words
        self._now = now

    def key_of(self, row: JourneyRow) -> str:
        return str(row.id)

    def text_of(self, row: JourneyRow, column: int) -> str:
        now = self._now()
        texts: dict[int, Callable[[], str]] = {
            DATE: lambda: day_in_words(row.shift_date, now.date()),
            CONTACT: lambda: isolated(row.contact_name) or "–",
            WHERE: lambda: " · ".join(
                filter(None, (isolated(row.place_code), self._words.of("settings", row.setting)))
            ),
            STATE: lambda: state_in_words(row, now.date(), now.tzinfo),
        }
        return texts[column]()


def group_choices(counts: Mapping[JourneyState, int]) -> tuple[tuple[str, str], ...]:
    """Return each group's code and its name with how many notes are in it."""
    return tuple(
        (code, _(label).format(count=sum(counts.get(state, 0) for state in states)))
        for code, (label, states) in GROUPS.items()
    )
