"""Leaflets that were put into a hand: type a language, and a wallet card is noted; chips take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.encounter import LeafletGiven
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name
from ui.models.finding import find_choices
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1
from ui.widgets.chip_row import ChipRow
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice

SEPARATOR = "|"
NONE = N_("There is no leaflet in such a language. Type another, or empty this field.")
HALF_TYPED = N_("Pick the leaflet from the list, or empty this field.")


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
        self.told = words("", tone="notice")
        column.addWidget(self.told)
        column.addWidget(self._chips)
        self.told.hide()
        self.entry.textEdited.connect(lambda typed: self._tell("" if not typed.strip() or self._find(typed) else NONE))
        self.entry.picked.connect(lambda _choice: self._tell(""))
        self.setFocusProxy(self.entry)
        self.entry.picked.connect(lambda choice: self._chips.add(choice.key, choice.label))
        self._chips.changed.connect(lambda keys: self.changed.emit(tuple(map(_given, keys))))

    def show_given(self, leaflets: tuple[LeafletGiven, ...]) -> None:
        """Show what was given; a word half typed was about another note."""
        self.entry.clear()
        self._tell("")
        self._chips.set_all((_key(given), self._label(given)) for given in leaflets)

    def settled(self) -> bool:
        """Tell whether nothing is half typed; otherwise say so and go there, so that no leaflet is lost."""
        typed = self.entry.text().strip()
        if typed:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell(HALF_TYPED if self._find(typed) else NONE)
        return not typed

    def _tell(self, sentence: str) -> None:
        self.told.setText(_(sentence) if sentence else "")
        self.told.setVisible(bool(sentence))

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
