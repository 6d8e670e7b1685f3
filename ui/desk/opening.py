"""The page that opens the desk: its passphrase, calmly what is wrong, and what to do where there is no centre."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from outreach_app.errors import KnownError
from outreach_app.i18n import INTERFACE_LANGUAGES, language, ngettext
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.file_choosing import choose_folder
from ui.page import STANDS_FIRST
from ui.passphrases import Passphrases, vault_passphrases
from ui.tokens import SPACE_3, SPACE_5
from ui.widgets.begins_at import BeginsAt
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.countdown import Countdown
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import page_title, set_tone, words
from ui.widgets.word_entry import WordEntry

if TYPE_CHECKING:
    from outreach_app.centre.desk.opening import Desk

CARD_WIDTH = 460  # pixels
LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}


class OpeningPage(BeginsAt):
    """Asks for the passphrase; a wrong one is said calmly, with how long to wait."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._passphrases: Passphrases | None = None
        self.heading = page_title(_("The desk is locked"))
        self.where = words(tone="muted")
        self.name = QLabel(_("Passphrase of the desk"))
        self.entry = WordEntry(_("Passphrase of the desk"), _("Show the words"))
        self.name.setBuddy(self.entry.line)
        self.told = words(tone="muted")
        self.caps = words(_("Caps Lock seems to be on."), tone="notice")
        self.open_button = primary_button(_("Open the desk"), icon="unlock")
        self.folder = quiet_button(_("Another centre …"), icon="open")
        self.progress = ProgressLine()
        self.languages = ChoiceRow(
            [(code, LANGUAGE_NAMES[code]) for code in INTERFACE_LANGUAGES if code in LANGUAGE_NAMES],
            may_be_empty=False, arrows_choose=False,
        )  # fmt: skip
        self._wait = Countdown(self._seconds_left, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.entry)
        self._say_hint()

    def begin(self) -> None:
        """Put the keyboard into the line, and look whether there is a centre."""
        self.where.setText(str(self._context.home.folder))
        self.languages.set_value(language())
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(STANDS_FIRST, self, self._look)

    def say(self, sentence: str, tone: str) -> None:
        """Show a sentence below the line."""
        self.told.setText(sentence)
        self.entry.line.setAccessibleDescription(sentence)
        set_tone(self.told, tone)

    def _connect(self) -> None:
        self.entry.submitted.connect(self._try)
        self.entry.caps_lock_seen.connect(self.caps.setVisible)
        self.entry.edited.connect(self._typing)
        self.open_button.clicked.connect(self._try)
        self.folder.clicked.connect(self._choose_folder)
        self._wait.counted.connect(self._show_wait)
        self._wait.ended.connect(self._end_wait)
        self.languages.changed.connect(self._context.navigation.language_chosen)

    def _look(self) -> None:
        self._wait.look()
        if self._passphrases is None:
            self._context.tasks.run_free(vault_passphrases, self._know, owner=self)
        self._context.tasks.run_free(self._context.home.check, lambda _fine: self._show_there(), self._none, owner=self)

    def _know(self, passphrases: Passphrases) -> None:
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def _show_there(self) -> None:
        self._show_line(shown=True)

    def _none(self, error: Exception) -> None:
        """Say that there is no centre here, and how one is made."""
        if not isinstance(error, KnownError):
            self._context.messages.tell_error(error)
            return
        self._show_line(shown=False)
        self.heading.setText(_("No centre here"))
        make = _(
            "A centre is made once, in a terminal: outreach centre init FOLDER. Then open its folder here. "
            "If there is one already, choose its folder."
        )
        self.say(f"{error.sentence()}\n\n{make}", "notice")
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self, *, shown: bool) -> None:
        for part in (self.name, self.entry, self.open_button):
            part.setVisible(shown)
        if shown:
            self.heading.setText(_("The desk is locked"))

    def _choose_folder(self) -> None:
        folder = choose_folder(self, _("Folder of the centre"))
        if folder is not None:
            self._context.home.use(folder)
            self._show_line(shown=True)
            self._say_hint()
            self.begin()

    def _try(self) -> None:
        typed = self.entry.typed()
        if not typed.strip() or not self.open_button.isEnabled() or self.progress.isVisible():
            return
        passphrase = self._passphrases.written_out(typed) if self._passphrases else typed.strip()
        self._set_busy(True)
        context = self._context

        def open_it() -> Desk:
            desk = context.home.open(passphrase)
            context.sessions.put(desk)
            return desk

        context.tasks.run_vault(open_it, self._opened, self._refused)

    def _opened(self, _desk: Desk) -> None:
        self.entry.clear()
        self._set_busy(False)
        self._context.navigation.opened.emit()

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.entry.line.selectAll()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(self._refusal(error), "notice")
        self._wait.look()

    def _refusal(self, error: Exception) -> str:
        """Return why it did not open, in the desk's words where the vault's are those of a laptop."""
        errors = importlib.import_module("outreach_app.vault.errors")
        if isinstance(error, errors.WrongPassphraseError):
            return _("That passphrase does not open the desk. Check the words and try again.")
        if isinstance(error, errors.VaultInUseError):
            return _("The desk is in use: another window or command has it open. Close that one first.")
        return self._context.messages.sentence(error)

    def _typing(self) -> None:
        said = self.told.property("tone") == "notice" and not self._wait.runs
        if said and not self.entry.line.hasSelectedText() and self.entry.isVisibleTo(self):
            self._say_hint()

    def _seconds_left(self) -> float:
        return self._context.home.backoff.seconds_left()  # its module is loaded when it is first asked

    def _show_wait(self, left: int) -> None:
        self.open_button.setEnabled(False)
        said = ngettext(
            "That passphrase does not open the desk. The next try is possible in {count} second.",
            "That passphrase does not open the desk. The next try is possible in {count} seconds.",
            left,
        )
        self.say(said.format(count=left), "notice")

    def _end_wait(self) -> None:
        self.open_button.setEnabled(True)
        self._say_hint()

    def _say_hint(self) -> None:
        self.say(_("Four letters of each word are enough, then Space. Enter opens."), "muted")

    def _set_busy(self, busy: bool) -> None:
        self.entry.setEnabled(not busy)
        self.open_button.setVisible(not busy)
        self.folder.setVisible(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.progress.set_progress(_("Opening the desk"))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_3)
        for part in (
            self.heading, self.where, self.name, self.entry, self.caps, self.told, self.open_button, self.progress,
            self.folder,
        ):  # fmt: skip
            inside.addWidget(part)
        for hidden in (self.caps, self.progress):
            hidden.hide()
        below = QHBoxLayout()
        below.addStretch(1)
        self.languages.setFixedWidth(CARD_WIDTH)
        below.addWidget(self.languages)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE_3)
        column.addLayout(below)
        column.addStretch(3)
