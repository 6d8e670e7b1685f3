"""The list of encounters as rows of a table, fetched 200 at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.codes import Words, consent_words
from ui.models.dates import day_in_words
from ui.models.note_words import short_outcome
from ui.models.rows import EncounterRow

PAGE_ROWS = 200
DATE, SETTING, CONTACT, ASSESSMENT, AGREED, WORDS = range(6)
HEADS = (N_("Date"), N_("Where"), N_("Contact"), N_("Adds up to"), N_("Agreed to"), N_("Note"))
ROW_ID = int(Qt.ItemDataRole.UserRole)

AnyIndex = QModelIndex | QPersistentModelIndex


class EncounterRows(QAbstractTableModel):
    """Rows newest first; asks for more through ``more_wanted`` when the view comes near the end."""

    def __init__(self, words: Words, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._today = today
        self._rows: list[EncounterRow] = []
        self._whole = True
        self.more_wanted: Callable[[int], None] | None = None
        self._asked_from = -1

    def show_rows(self, rows: Sequence[EncounterRow]) -> None:
        """Replace everything by the first page."""
        self.beginResetModel()
        self._rows = list(rows)
        self._whole = len(rows) < PAGE_ROWS
        self._asked_from = -1
        self.endResetModel()

    def add_rows(self, rows: Sequence[EncounterRow]) -> None:
        """Add the next page below."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self._whole = len(rows) < PAGE_ROWS

    def id_at(self, row: int) -> str:
        """Return the id of the encounter in ``row``."""
        return str(self._rows[row].id)

    def row_of(self, encounter_id: str) -> int:
        """Return the row of an encounter, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.id == encounter_id), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADS)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and not self._whole and self._asked_from != len(self._rows)

    def fetchMore(self, parent: AnyIndex) -> None:
        if not parent.isValid() and self.more_wanted is not None:
            self._asked_from = len(self._rows)
            self.more_wanted(len(self._rows))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> str | None:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(HEADS[section]) if shown else None

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> str | None:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ID:
            return str(row.id)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._text(row, index.column())
        return None

    def _text(self, row: EncounterRow, column: int) -> str:
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
