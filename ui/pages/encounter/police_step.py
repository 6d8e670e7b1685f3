"""Called to a police action: which district, how many were met, how many talked to; no row for anyone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from outreach_app.domain.police_action import PoliceAction, PoliceFigures
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.count_words import police_words
from ui.models.dates import day_in_words
from ui.models.rows import PoliceRow
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_2, SPACE_3, SPACE_5
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn, centred
from ui.widgets.text import section_heading, words

MOST = 10_000
CARD_WIDTH = 620
WORDS_HEIGHT = 72
UNKNOWN = "unknown"


class PoliceStep(QWidget):
    """Ends with ``noted`` or ``left``; what was noted this year stands below and can be taken back."""

    noted = Signal(object)  # PoliceAction
    taken_back = Signal(object)  # PoliceRow
    left = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.district = CodeBox(book.words.choices("police_districts"))
        self.met, self.talked_to = _number(), _number()
        self.day = DateField(book.today, offers=(0, -1, -2))
        self.region = CodeBox(book.words.choices("regions"))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(WORDS_HEIGHT)
        self.done = primary_button(_("Keep"), "Ctrl+Return")
        self.back = quiet_button(_("Write a note instead"))
        self.year = ListCard(_("This year"), _("No police action is noted this year."))
        self._lay_out()
        self.met.valueChanged.connect(self.talked_to.setMaximum)
        self.done.clicked.connect(lambda: self.noted.emit(self.action()))
        self.back.clicked.connect(self.left)

    def begin(self) -> None:
        """Ask for a police action."""
        self.district.set_value(UNKNOWN)
        self.met.setValue(0)
        self.talked_to.setMaximum(0)
        self.talked_to.setValue(0)
        self.day.set_value(self._book.today())
        self.region.set_value(UNKNOWN)
        self.note.clear()
        self.district.setFocus()

    def action(self) -> PoliceAction:
        """Return what is written."""
        return PoliceAction(
            self.day.value() or self._book.today(), self.district.value(), self.region.value(), self.met.value(),
            self.talked_to.value(), self.note.toPlainText(),
        )  # fmt: skip

    def show_year(self, figures: PoliceFigures, rows: Sequence[PoliceRow]) -> None:
        """Show how often the team was called this year, and the latest."""
        today = self._book.today()
        shown = [ListRow(police_words(figures), "", icon="group")] if figures.actions else []
        self.year.show_rows([*shown, *(self._row(row, today) for row in rows)])

    def _row(self, row: PoliceRow, today: date) -> ListRow:
        action = row.action
        met = ngettext("{count} person met", "{count} people met", action.met).format(count=action.met)
        talked = ngettext("{count} talked to", "{count} talked to", action.talked_to).format(count=action.talked_to)
        first_words = isolated(" ".join(action.words.split())[:60])
        return ListRow(
            self._book.words.of("police_districts", action.district),
            " · ".join(filter(None, (day_in_words(action.shift_date, today), met, talked, first_words))),
            _("Take back"), self._taking_back(row),
        )  # fmt: skip

    def _taking_back(self, row: PoliceRow) -> Callable[[], None]:
        return lambda: self.taken_back.emit(row)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_3)
        inside.addWidget(section_heading(_("Called to a police action")))
        inside.addWidget(
            words(_("Counted as one action. Whoever you talked with longer gets a note of her own."), tone="muted")
        )
        inside.addWidget(self._fields())
        answers = QHBoxLayout()
        answers.setSpacing(SPACE_2)
        answers.addWidget(self.done)
        answers.addWidget(self.back)
        answers.addStretch(1)
        inside.addLayout(answers)
        self.year.setFixedWidth(CARD_WIDTH)
        scroll = ScrollColumn(gap=SPACE_3)
        for each in (card, self.year):
            scroll.column.addLayout(centred(each))
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.addWidget(scroll)

    def _fields(self) -> FormGrid:
        grid = FormGrid()
        for name, field in (
            (_("District"), self.district), (_("People met"), self.met), (_("Talked to"), self.talked_to),
            (_("Day"), self.day), (_("Region"), self.region), (_("Words"), self.note),
        ):  # fmt: skip
            grid.add(name, field)
        return grid


def _number() -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, MOST)
    made.lineEdit().setTextMargins(SPACE_2, 0, 0, 0)
    return made
