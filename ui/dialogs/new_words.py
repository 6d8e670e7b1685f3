"""Choosing a passphrase: five words, shown once, or a passphrase of the worker's own if it is strong enough."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.dialogs.steps import Step
from ui.passphrases import Passphrases
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labelled_field import LabelledField


class NewWords(Step):
    """Holds the passphrase until it is used; ``forget`` lets it go."""

    def __init__(
        self, passphrases: Passphrases, own_words: Callable[[], tuple[str, ...]], *, heading: str = "",
        sentence: str = "", inner: bool = False,
    ) -> None:  # fmt: skip
        """``heading`` and ``sentence`` say something else than on the first start; ``own_words`` may not be used."""
        super().__init__(
            heading or _("Your passphrase"),
            sentence
            or _(
                "Five words open your notes. Nobody else knows them and nobody can find them for you. "
                "Write them down, or make a short story of them. They are shown only now."
            ),
            inner=inner,
        )
        self._passphrases = passphrases
        self._own_words = own_words
        self._generated = passphrases.generate()
        self._ways = QStackedWidget()
        self._cards = FlowLayout(gap=SPACE_2)
        self._ways.addWidget(self._words_way())
        self._ways.addWidget(self._own_way())
        self.column.addWidget(self._ways)
        self.column.addStretch(1)
        self._show_words()

    def passphrase(self) -> str:
        """Return the passphrase chosen."""
        return self.own.text().strip() if self._chooses_own() else self._generated

    def ready(self) -> bool:
        return not self._chooses_own() or self._own_enough()

    def begin(self) -> bool:
        if self._chooses_own():
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._chooses_own()

    def forget(self) -> None:
        """Let the passphrase go."""
        self._generated = ""
        self.own.clear()
        self._clear_cards()

    def _chooses_own(self) -> bool:
        return self._ways.currentIndex() == 1

    def _own_enough(self) -> bool:
        typed = self.own.text()
        written_out = self._passphrases.written_out(typed)
        if typed.strip() and written_out.casefold() != " ".join(typed.split()).casefold():
            self._own_field.say(_("Write each word out in full."), "notice")
            return False
        judged = self._passphrases.judge(typed, self._own_words())
        self._own_field.say(judged.reason if typed.strip() else "", "calm" if judged.enough else "notice")
        return judged.enough

    def _change_way(self, at: int) -> None:
        self._ways.setCurrentIndex(at)
        if not self.begin():
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ready_changed.emit()

    def _renew(self) -> None:
        self._generated = self._passphrases.generate()
        self._show_words()

    def _show_words(self) -> None:
        self._clear_cards()
        for at, word in enumerate(self._generated.split(), 1):
            card = QLabel(f"{at}  {word}")
            card.setProperty("kind", "word")
            self._cards.addWidget(card)
            card.show()

    def _clear_cards(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            shown = item.widget()
            if isinstance(shown, QLabel):
                shown.clear()
                shown.hide()
                shown.deleteLater()

    def _words_way(self) -> QWidget:
        self.other = button(_("Other words"))
        self.other.clicked.connect(self._renew)
        own = quiet_button(_("Choose my own"))
        own.clicked.connect(lambda: self._change_way(1))
        shown = QWidget()
        shown.setLayout(self._cards)
        return _stacked(shown, self.other, own)

    def _own_way(self) -> QWidget:
        self.own = QLineEdit()
        self.own.setMaxLength(1000)
        self._own_field = LabelledField(
            _("A passphrase of your own"), self.own, _("Long and not a saying. Spaces and any letters are allowed.")
        )
        self.own.textChanged.connect(lambda _text: self.ready_changed.emit())
        self.own.returnPressed.connect(self.go_on_requested)
        back = quiet_button(_("Use five words instead"))
        back.clicked.connect(lambda: self._change_way(0))
        return _stacked(self._own_field, back)


def _stacked(first: QWidget, *row: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_3)
    column.addWidget(first)
    line = QHBoxLayout()
    line.setSpacing(SPACE_2)
    for part in row:
        line.addWidget(part)
    line.addStretch(1)
    column.addLayout(line)
    column.addStretch(1)
    return whole
