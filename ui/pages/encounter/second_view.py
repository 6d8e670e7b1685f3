"""The second view of the encounter page: traits and red flags, picked by typing; it never changes the result."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.models.finding import find_choices
from ui.models.trait_words import trait_choices, trait_words
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1
from ui.widgets.chip_row import ChipRow
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice


class SecondView(QWidget):
    """Emits the codes that are picked."""

    changed = Signal(object)  # tuple of codes

    def __init__(self, _book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = NumberedTypeAhead(self._find, placeholder=_("type a trait, or its number"))
        self.entry.setObjectName("encounter.traits")
        self.entry.setAccessibleName(_("Traits and red flags"))
        self.chips = ChipRow(_("Take this trait away"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.entry)
        column.addWidget(self.chips)
        column.addWidget(words(_("What others have often seen. It never changes the result."), tone="muted"))
        self.setFocusProxy(self.entry)
        self.entry.picked.connect(lambda choice: self.chips.add(choice.key, choice.label))
        self.chips.changed.connect(self.changed)

    def show_traits(self, codes: tuple[str, ...]) -> None:
        """Show what is picked."""
        self.chips.set_all((code, trait_words(code)) for code in codes)

    def _find(self, typed: str) -> tuple[Choice, ...]:
        taken = set(self.chips.keys())
        every = (Choice(code, label, group) for code, label, group in trait_choices() if code not in taken)
        return find_choices(every, typed)
