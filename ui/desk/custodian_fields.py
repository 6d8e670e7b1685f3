"""A custodian's key: the file on the custodian's own stick, and the passphrase that only that custodian types."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.file_choosing import choose_file_to_open
from ui.passphrases import Passphrases
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import QWIDGET_MOST, words
from ui.widgets.word_entry import WordEntry


class CustodianFields(QWidget):
    """``ready_changed`` when both are there or no longer; ``submitted`` by Enter in the passphrase."""

    ready_changed = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._passphrases: Passphrases | None = None
        self.key_file: Path | None = None
        self.choose = button(_("Choose the key file …"), icon="key")
        self._chosen = words(tone="muted")
        self._chosen.setMaximumWidth(QWIDGET_MOST)  # else the button takes the room that is left on a wide page
        self.entry = WordEntry(_("Passphrase of the custodian"), _("Show the words"))
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.choose)
        row.addWidget(self._chosen, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(row)
        self.field = LabelledField(_("Passphrase of the custodian"), self.entry)
        column.addWidget(self.field)
        self.choose.clicked.connect(self._choose)
        self.entry.edited.connect(self.ready_changed)
        self.entry.submitted.connect(self.submitted)

    def know(self, passphrases: Passphrases) -> None:
        """Complete words by these rules from now on."""
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def take_key_file(self, file: Path | None) -> None:
        """Use this key file."""
        if file != self.key_file:  # a passphrase is of one key alone
            self._empty()
        self.key_file = file
        self._chosen.setText("" if file is None else file.name)
        if file is not None:
            self.entry.setFocus()
        self.ready_changed.emit()

    def refuse(self, sentence: str) -> None:
        """Say beside the passphrase what was wrong, empty it, and put the keyboard back into it."""
        self._empty()
        self.field.say(sentence, "notice")
        self.entry.setFocus()

    def ready(self) -> bool:
        """Tell whether both are there."""
        return self.key_file is not None and bool(self.entry.typed().strip())

    def passphrase(self) -> str:
        """Return what was typed, begun words completed."""
        typed = self.entry.typed()
        return self._passphrases.written_out(typed) if self._passphrases is not None else typed.strip()

    def forget(self) -> None:
        """Let both go."""
        self.take_key_file(None)

    def _empty(self) -> None:
        self.field.say("")
        self.entry.clear()
        self.entry.show_words(False)

    def _choose(self) -> None:
        file = choose_file_to_open(self, _("The custodian's key file"), _("Key file (*.key)"))
        if file is not None:
            self.take_key_file(file)
