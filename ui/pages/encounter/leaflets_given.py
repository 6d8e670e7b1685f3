"""Leaflets that were put into a hand: type a language, a sheet, a format; chips take it back.

Without a format a wallet card is noted, as that is what is mostly given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.encounter import LeafletGiven
from outreach_app.domain.type_ahead import begins_word
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name
from ui.models.finding import find_choices
from ui.models.leaflets_words import FORMAT_WORDS
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1
from ui.widgets.chip_row import ChipRow
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice

SEPARATOR = "|"
WALLET = "wallet"
GIVEN_WORDS = {
    **FORMAT_WORDS, "a4": N_("full page (A4)"), "a5": N_("half page (A5)"),
}  # fmt: skip
"""As one leaflet is called; a digit would take a row of the list, so that no name begins with one or needs one."""
NONE = N_("There is no leaflet in such a language. Type another, or empty this field.")
HALF_TYPED = N_("Pick the leaflet from the list, or empty this field.")


class LeafletsGiven(QWidget):
    """``book.leaflets`` holds choices whose key is ``sheet|language``; here the format comes behind it."""

    changed = Signal(object)  # tuple of LeafletGiven

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._hers: tuple[str, ...] = ()
        self.entry = NumberedTypeAhead(self._find, placeholder=_("type a language, a sheet"), least_letters=0)
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
        self.entry.picked.connect(lambda choice: self._chips.add(choice.key, self._label(_given(choice.key))))
        self._chips.changed.connect(lambda keys: self.changed.emit(tuple(map(_given, keys))))

    def show_given(self, leaflets: tuple[LeafletGiven, ...]) -> None:
        """Show what was given; a word half typed was about another note."""
        self.entry.clear()
        self._tell("")
        self._chips.set_all((_key(given), self._label(given)) for given in leaflets)

    def prefer(self, languages: Iterable[str]) -> None:
        """Offer sheets in these languages first: those she speaks."""
        self._hers = tuple(tag.split("-", maxsplit=1)[0] for tag in languages)

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
        """Return what a chip says: short, so the language once, as the worker calls it."""
        wanted = SEPARATOR.join((given.sheet, given.language))
        sheet = next((str(choice.value) for choice in self._book.leaflets if choice.key == wanted), "")
        return " · ".join(filter(None, (language_name(given.language), sheet, _format_words(given.format))))

    def _find(self, typed: str) -> tuple[Choice, ...]:
        """Return sheets for the words typed; a word that fits no sheet may name the format."""
        sheets = sorted(self._book.leaflets, key=self._is_other)
        found, form = find_choices(sheets, typed), WALLET
        if not found:
            form, others = _format_among(typed)
            found = find_choices(sheets, others) if form else ()
        return tuple(
            replace(each, key=f"{each.key}{SEPARATOR}{form}", label=f"{each.label} · {_format_words(form)}")
            for each in found
        )

    def _is_other(self, choice: Choice) -> bool:
        language = choice.key.split(SEPARATOR)[1]
        return language.split("-", maxsplit=1)[0] not in self._hers


def _format_among(typed: str) -> tuple[str, str]:
    """Return the format that one of the words typed names, and the other words; ("", "") if none does."""
    pieces = typed.split()
    for place, piece in enumerate(pieces):
        for code, name in GIVEN_WORDS.items():
            if len(piece) > 1 and any(begins_word(piece, words) for words in (_(name), name)):
                return code, " ".join(pieces[:place] + pieces[place + 1 :])
    return "", ""


def _format_words(form: str) -> str:
    return _(GIVEN_WORDS.get(form, "")) or form


def _key(given: LeafletGiven) -> str:
    return SEPARATOR.join((given.sheet, given.language, given.format))


def _given(key: str) -> LeafletGiven:
    sheet, language, form = key.split(SEPARATOR)
    return LeafletGiven(sheet, language, form)
