"""The second half: the request to bring to the centre, the reply taken in, and the new passphrase that opens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from outreach_app.i18n import gettext as _
from ui.dialogs.handing_over import HandingOver
from ui.dialogs.taking_in import TakingIn
from ui.passphrases import Passphrases
from ui.tokens import SPACE_3
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.labelled_field import LabelledField
from ui.widgets.progress_line import ProgressLine
from ui.widgets.word_entry import WordEntry

FILE_NAME = "recovery-request.json"


class Opening(QFrame):
    """``opened`` carries the reply's bytes and the new passphrase."""

    opened = Signal(bytes, str)
    begin_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._passphrases: Passphrases | None = None
        self._reply = b""
        kinds = _("Request or reply (*.json *.txt)")
        self.request = Card(
            _("1. Bring the request to the centre"),
            _("Call the centre and read these six words out. They say that the request is yours:"),
        )
        self.handing_over = HandingOver(FILE_NAME, kinds)
        self.request.add(self.handing_over)
        self.answer = Card(_("2. Take the centre's reply"), _("Two custodians have to answer; it is one file."))
        self.taking_in = TakingIn(kinds)
        self.entry = WordEntry(_("Passphrase"), _("Show the words"))
        self.field = LabelledField(_("Your new passphrase"), self.entry)
        self.open = primary_button(_("Open the vault"), icon="unlock")
        self.again = quiet_button(_("Begin again with other words"))
        self.progress = ProgressLine()
        self._lay_out()
        self.taking_in.came.connect(self._came)
        self.open.clicked.connect(self._open)
        self.entry.submitted.connect(self._open)
        self.again.clicked.connect(self._begin_again)

    def know(self, passphrases: Passphrases) -> None:
        """Complete words by these rules."""
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def show_request(self, document: bytes, six_words: str) -> None:
        """Show the request that waits for its answer."""
        self.forget()
        self.handing_over.show_request(document, six_words)

    def set_busy(self, busy: bool) -> None:
        """Let nothing be pressed while the vault is opened."""
        for part in (self.handing_over, self.taking_in, self.entry, self.open, self.again):
            part.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.progress.set_progress(_("Opening the vault"))

    def refuse(self, sentence: str) -> None:
        """Say why it was not opened."""
        self.set_busy(False)
        self.taking_in.say(sentence)
        self.entry.line.selectAll()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let passphrase and reply go."""
        self._reply = b""
        self.entry.clear()
        self.taking_in.say("")
        self.set_busy(False)
        for part in (self.field, self.open):
            part.hide()

    def _came(self, reply: bytes) -> None:
        self._reply = reply
        for part in (self.field, self.open):
            part.show()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        typed = self.entry.typed()
        if not self._reply or not typed.strip() or not self.open.isEnabled():
            return
        passphrase = self._passphrases.written_out(typed) if self._passphrases else typed.strip()
        self.opened.emit(self._reply, passphrase)

    def _begin_again(self) -> None:
        self.forget()
        self.begin_again.emit()

    def _lay_out(self) -> None:
        for part in (self.taking_in, self.field, self.progress):
            self.answer.add(part)
        self.answer.add_row(self.open, self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for card in (self.request, self.answer):
            column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.handing_over.save)
