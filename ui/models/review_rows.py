"""The queue of notes to review as rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.paged_rows import PagedRows
from ui.models.rows import ReviewRow

DATE, WRITER, WHERE, CONTACT = range(4)
HEADS = (N_("Date"), N_("Written by"), N_("Where"), N_("Contact"))


class ReviewRows(PagedRows):
    """Rows oldest first: they have waited longest."""

    def __init__(self, words: Words, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(HEADS, parent)
        self._words = words
        self._today = today

    def key_of(self, row: ReviewRow) -> str:
        return str(row.id)

    def text_of(self, row: ReviewRow, column: int) -> str:
        texts: dict[int, Callable[[], str]] = {
            DATE: lambda: day_in_words(row.shift_date, self._today()),
            WRITER: lambda: isolated(row.writer) or "–",
            WHERE: lambda: " · ".join(
                filter(None, (isolated(row.place_code), self._words.of("settings", row.setting)))
            ),
            CONTACT: lambda: isolated(row.contact_name) or "–",
        }
        return texts[column]()
