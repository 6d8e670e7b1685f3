"""Asks for the passphrase one has now, and for the key file where one is needed beside it, before something weighty."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.file_choosing import choose_file_to_open
from ui.passphrases import Passphrases
from ui.tokens import SPACE_2
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import button
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import words
from ui.widgets.word_entry import WordEntry


class OwnPassphrase(AskPanel):
    """``passphrase`` and ``key_file`` say what was given; ``begin`` lets both go again."""

    def __init__(self, heading: str, sentence: str, act_words: str, *, stop_words: str = "") -> None:
        super().__init__(heading, sentence, act_words, stop_words=stop_words)
        self._passphrases: Passphrases | None = None
        self._needs_key_file = False
        self.key_file: Path | None = None
        self.entry = WordEntry(_("The passphrase you have now"), _("Show the words"))
        self.fields.addWidget(LabelledField(_("The passphrase you have now"), self.entry))
        self.watch(self.entry.line)
        self.choose = button(_("Choose the key file"), icon="key")
        self._chosen = words(tone="muted")
        self._key_row = QWidget()
        row = QHBoxLayout(self._key_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.choose)
        row.addWidget(self._chosen, 1)
        self.fields.addWidget(self._key_row)
        self._key_row.hide()
        self.require(lambda: self.key_file is not None or not self._needs_key_file)
        self.choose.clicked.connect(self._choose)

    def know(self, passphrases: Passphrases) -> None:
        """Complete words by these rules from now on."""
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def need_key_file(self, *, needed: bool) -> None:
        """Ask for the key file as well, or only for the passphrase."""
        self._needs_key_file = needed
        self._key_row.setVisible(needed)
        self.take_key_file(None)

    def take_key_file(self, file: Path | None) -> None:
        """Use this key file."""
        self.key_file = file
        self._chosen.setText("" if file is None else file.name)
        self.look()

    def begin(self) -> None:
        self.take_key_file(None)
        self.entry.show_words(False)
        super().begin()

    def passphrase(self) -> str:
        """Return what was typed, begun words completed."""
        typed = self.entry.typed()
        return self._passphrases.written_out(typed) if self._passphrases is not None else typed.strip()

    def _choose(self) -> None:
        file = choose_file_to_open(self, _("The key file"), _("All files (*)"))
        if file is not None:
            self.take_key_file(file)
