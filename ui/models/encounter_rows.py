"""The list of encounters as rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from ui.models.codes import Words, consent_words
from ui.models.dates import day_in_words
from ui.models.note_words import short_outcome
from ui.models.paged_rows import PagedRows
from ui.models.rows import EncounterRow

DATE, SETTING, CONTACT, ASSESSMENT, AGREED, WORDS = range(6)
HEADS = (N_("Date"), N_("Where"), N_("Contact"), N_("Adds up to"), N_("Agreed to"), N_("Note"))


class EncounterRows(PagedRows):
    """Rows newest first."""

    def __init__(self, words: Words, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(HEADS, parent)
        self._words = words
        self._today = today

    def key_of(self, row: EncounterRow) -> str:
        return str(row.id)

    def text_of(self, row: EncounterRow, column: int) -> str:
        texts: dict[int, Callable[[], str]] = {
            DATE: lambda: day_in_words(row.shift_date, self._today()),
            SETTING: lambda: where_in_words(row, self._words),
            CONTACT: lambda: isolated(row.contact_name) or "–",
            ASSESSMENT: lambda: short_outcome(row.outcome),
            AGREED: lambda: consent_words(row.consent),
            WORDS: lambda: isolated(row.first_words),
        }
        return texts[column]()


def where_in_words(row: EncounterRow, words: Words) -> str:
    """Return place and setting of a row as one line."""
    return " · ".join(filter(None, (isolated(row.place_code), words.of("settings", row.setting))))
