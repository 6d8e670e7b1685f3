"""Leaflets that were put into a hand: type a language, and a wallet card is noted; chips take it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.encounter import LeafletGiven
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name
from ui.models.finding import find_choices
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1
from ui.widgets.chip_row import ChipRow
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.type_ahead import Choice

SEPARATOR = "|"


class LeafletsGiven(QWidget):
    """``book.leaflets`` holds choices whose key is ``sheet|language|format``."""

    changed = Signal(object)  # tuple of LeafletGiven

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.entry = NumberedTypeAhead(self._find, placeholder=_("type a language"), least_letters=0)
        self._chips = ChipRow(_("Take this leaflet away"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.entry)
        column.addWidget(self._chips)
        self.setFocusProxy(self.entry)
        self.entry.picked.connect(lambda choice: self._chips.add(choice.key, choice.label))
        self._chips.changed.connect(lambda keys: self.changed.emit(tuple(map(_given, keys))))

    def show_given(self, leaflets: tuple[LeafletGiven, ...]) -> None:
        """Show what was given."""
        self._chips.set_all((_key(given), self._label(given)) for given in leaflets)

    def _label(self, given: LeafletGiven) -> str:
        known = next((choice.label for choice in self._book.leaflets if choice.key == _key(given)), "")
        return known or f"{language_name(given.language)} · {given.format}"

    def _find(self, typed: str) -> tuple[Choice, ...]:
        return find_choices(self._book.leaflets, typed)


def _key(given: LeafletGiven) -> str:
    return SEPARATOR.join((given.sheet, given.language, given.format))


def _given(key: str) -> LeafletGiven:
    sheet, language, form = key.split(SEPARATOR)
    return LeafletGiven(sheet, language, form)
