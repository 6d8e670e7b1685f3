"""Narrows the list: type two letters of anything, pick, and it stands as a chip that can be taken away again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from outreach_app.domain.finding import LONGEST_WORDS, Filters, FoundCode
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.filter_choices import FilterChoices, with_filter, without_filter
from ui.tokens import SPACE_2
from ui.widgets.chip_row import ChipRow
from ui.widgets.type_ahead import Choice, TypeAhead

WIDTH = 300
WIDE = 1000  # the chips' part of the row, against the empty part
KEY = "Ctrl+F"


class Narrowing(QWidget):
    """Holds the filters; ``changed`` carries them when a person has changed them here."""

    changed = Signal(object)  # Filters

    def __init__(self, context: Context, choices: FilterChoices) -> None:
        super().__init__()
        self._context = context
        self._choices = choices
        self.filters = Filters()
        self.field = TypeAhead(self._find, placeholder=_("Narrow by place, sign, day …"))
        self.field.setAccessibleName(_("Narrow the list"))
        self.field.setToolTip(_("Narrow the list") + f" ({KEY})")
        self.field.setMaxLength(LONGEST_WORDS)
        self.field.setFixedWidth(WIDTH)
        self.chips = ChipRow(_("Take this filter away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.chips, WIDE, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.field.picked.connect(self._picked)
        self.chips.removed.connect(lambda key: self._set(without_filter(self.filters, key)))
        QShortcut(QKeySequence(KEY), self, self._begin)

    def show_filters(self, filters: Filters) -> None:
        """Hold these filters, without telling anyone; ``show_chips`` follows when the names are known."""
        self.filters = filters

    def show_chips(self, contact_name: str, place_code: str) -> None:
        """Show a chip for each filter."""
        chips = self._choices.chips(self.filters, contact_name, place_code)
        if tuple(key for key, _label in chips) != self.chips.keys():
            self.chips.set_all(chips)

    def _begin(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _find(self, typed: str) -> tuple[Choice, ...]:
        if typed.strip():
            self._context.ask(
                lambda session: session.search.suggest_codes(typed),
                lambda found: self._offer_codes(typed, found), owner=self,
            )  # fmt: skip
        return self._choices.find(typed, None)

    def _offer_codes(self, typed: str, found: tuple[FoundCode, ...]) -> None:
        """Put contacts and places, or else hits inside a word, behind what is offered already."""
        if typed == self.field.text() and self.field.hasFocus():
            completed = self._choices.find(typed, found)
            if completed != self._choices.find(typed, None):
                self.field.offer(completed)

    def _picked(self, choice: Choice) -> None:
        self._set(with_filter(self.filters, choice.key))

    def _set(self, filters: Filters) -> None:
        if filters != self.filters:
            self.filters = filters
            self.changed.emit(filters)
