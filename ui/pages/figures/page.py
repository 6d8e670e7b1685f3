"""The figures page: a week or any days with files to take out, and beside it what the centre counted."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.figure_words import how_counted
from outreach_app.domain.figures import FigureName, Figures
from outreach_app.i18n import gettext as _
from outreach_app.reports.figure_lines import FigureWords, days_words
from ui.context import Context
from ui.file_choosing import choose_file_to_save
from ui.models.files import write_file
from ui.page import Page
from ui.pages.figures.days import DaysRow
from ui.pages.figures.figure_card import FigureCard
from ui.pages.figures.from_centre import FromCentreCard
from ui.pages.figures.taking_out import TakingOut
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import page_title, section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.session import Session

HERE, CENTRE = "here", "centre"
COLUMNS = 2
WIDE: frozenset[FigureName] = frozenset({"encounters", "outcomes", "signs"})  # over both columns
RELEVANT = ("encounters", "contacts", "tallies", "follow_ups", "leaflets", "casework", "sending")
FILE_KINDS = {"pdf": "PDF (*.pdf)", "xlsx": "XLSX (*.xlsx)", "csv": "CSV (*.csv)"}


def read_figures(session: Session, first: date, last: date, *, outside: bool = False) -> Figures | None:
    """Count; None for a worker who may not see figures. Runs on the vault thread."""
    return session.figures.count(first, last, outside=outside) if session.figures.may_see else None


class FiguresPage(Page):
    """In the window the team sees all numbers; what a file says is decided by whom it is for.

    ``shown`` takes ``view``: ``here`` for what this laptop holds, ``centre`` for what the centre counted.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = FigureWords(context.program.code_lists, context.program.catalogues)
        self._cards: dict[str, FigureCard] = {}
        self.choices = ChoiceRow(
            [(HERE, _("Counted here")), (CENTRE, _("Counted by the centre"))], may_be_empty=False, arrows_choose=False
        )
        self.choices.setAccessibleName(_("Who counted"))
        self.choices.set_value(HERE)
        self._may_see = True  # until the vault has answered
        self.days = DaysRow(lambda: context.program.clock.local_now().date())
        self.period = section_heading("")
        self.told = words(tone="notice")
        self.told.hide()
        self.nothing = words(_("Nothing was written down on these days."), tone="muted")
        self.taking_out, self.from_centre = TakingOut(), FromCentreCard(context)
        self._next = (0, 0)  # where the next card stands
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_3)
        self._lay_out()
        self.days.chosen.connect(lambda _first, _last: self._ask())
        self.taking_out.wanted.connect(self._choose_file)
        self.choices.changed.connect(lambda _code: self._turn())

    def title(self) -> str:
        return _("Figures")

    def shown(self, place: Mapping[str, str]) -> None:
        if place.get("view") in (HERE, CENTRE):
            self.choices.set_value(place["view"])
        self._ask()
        self._turn()
        self.focus_first()

    def tour(self) -> tuple[Mapping[str, str], ...]:
        return {"view": HERE}, {"view": CENTRE}

    def focus_first(self) -> None:
        (self.choices if self.choices.value() == CENTRE else self.days).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and any(getattr(changes, name) for name in RELEVANT):
            self._ask()

    def cards(self) -> Mapping[str, FigureCard]:
        """Return the cards by the figure's name."""
        return self._cards

    def _ask(self) -> None:
        first, last = self.days.days()
        self._context.ask(lambda session: read_figures(session, first, last), self._show, self._refused, owner=self)
        self.from_centre.ask()

    def _show(self, figures: Figures | None) -> None:
        self._may_see = figures is not None
        self._turn()
        self.told.hide()
        if figures is None or (figures.first, figures.last) != self.days.days():
            return
        self.period.setText(days_words(figures.first, figures.last))
        self.nothing.setVisible(figures.empty)
        for figure in figures.figures:
            if figure.name not in self._cards:
                self._add(figure.name, FigureCard(figure))
            card = self._cards[figure.name]
            card.show_figure(figure, figures, self._words)

    def _turn(self) -> None:
        """Bring what is chosen to the front; a worker who may not see figures has nothing to choose."""
        centre = self._may_see and self.choices.value() == CENTRE
        self.choices.setVisible(self._may_see)
        self.days.setVisible(not centre)
        self._stack.setCurrentWidget(
            self._not_here if not self._may_see else self._centre_scroll if centre else self._scroll
        )

    def _add(self, name: FigureName, card: FigureCard) -> None:
        self._cards[name] = card
        row, column = self._next
        if name in WIDE:
            row += column > 0
            self._grid.addWidget(card, row, 0, 1, COLUMNS)
            self._next = (row + 1, 0)
        else:
            self._grid.addWidget(card, row, column)
            self._next = (row + (column + 1) // COLUMNS, (column + 1) % COLUMNS)

    def _refused(self, error: Exception) -> None:
        self.told.setText(self._context.messages.sentence(error))
        self.told.show()

    # -- taking out ---------------------------------------------------------------------------------------------

    def _choose_file(self, kind: str) -> None:
        first, last = self.days.days()
        suggested = f"figures-{first.isoformat()}-{last.isoformat()}.{kind}"
        file = choose_file_to_save(self, _("Save the figures"), FILE_KINDS[kind], suggested)
        if file is not None:
            self.save(kind, file)

    def save(self, kind: str, file: Path) -> None:
        """Count, write the file where the worker said, and note in the record of use that it was taken out."""
        (first, last), outside = self.days.days(), self.taking_out.outside
        self._context.ask(
            lambda session: read_figures(session, first, last, outside=outside),
            lambda figures: self._make(kind, file, figures), self._refused, owner=self,
        )  # fmt: skip

    def _make(self, kind: str, file: Path, figures: Figures | None) -> None:
        if figures is not None:
            self._context.tasks.run_free(
                lambda: write_file(make_file(kind, figures, self._words), file),
                lambda written: self._written(written, figures), owner=self,
            )  # fmt: skip

    def _written(self, file: Path, figures: Figures) -> None:
        outside = figures.outside
        self._context.change(lambda session: session.figures.note_export(outside=outside))
        saved = _("Saved as {name}.").format(name=file.name)
        self._context.messages.say(saved if outside else " ".join((saved, _("It must not leave the team."))))

    # -- how it looks -------------------------------------------------------------------------------------------

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(SPACE_4)
        top.addWidget(page_title(self.title()))
        top.addWidget(self.choices, 1)
        return top

    def _lay_out(self) -> None:
        self._scroll = ScrollColumn(gap=SPACE_3)
        self._scroll.add(self.period)
        self._scroll.add(self.nothing)
        cards = QWidget()
        cards.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._scroll.add(cards)
        self._scroll.add(self.taking_out)
        for sentence in how_counted():
            self._scroll.add(words(sentence, tone="muted"))
        self._scroll.column.addStretch(1)
        purpose = _("A supervisor sees the figures of the team here.")
        self._not_here = EmptyState("figures", _("For supervisors"), purpose)
        self._centre_scroll = ScrollColumn(gap=SPACE_3)
        self._centre_scroll.add(self.from_centre)
        self._centre_scroll.column.addStretch(1)
        self._stack = QStackedWidget()
        for part in (self._scroll, self._centre_scroll, self._not_here):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(self._top())
        column.addWidget(self.days)
        column.addWidget(self.told)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.days)


def make_file(kind: str, figures: Figures, figure_words: FigureWords) -> bytes:
    """Make the file; typesetting and the spreadsheet are imported when the first one is asked for."""
    made: bytes = importlib.import_module("outreach_app.reports.figure_files").make_file(kind, figures, figure_words)
    return made
