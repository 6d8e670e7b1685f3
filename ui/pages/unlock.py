"""The page that opens the vault: five words, four letters each, and the ways that need no passphrase."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from outreach_app.paths import is_practice_vault
from ui.context import Context
from ui.file_choosing import choose_file_to_open
from ui.models.files import read_small_file
from ui.page import STANDS_FIRST, Page
from ui.passphrases import Passphrases, vault_passphrases
from ui.practice_start import start_practice
from ui.tokens import SPACE_2, SPACE_3, SPACE_5
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.countdown import Countdown
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import page_title, set_tone, words
from ui.widgets.word_entry import WordEntry

if TYPE_CHECKING:
    from outreach_app.services.session import Session

CARD_WIDTH = 440  # pixels; the longest sentence fits in two lines


class UnlockPage(Page):
    """Asks for the passphrase; a wrong one is said calmly, with how long to wait."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._passphrases: Passphrases | None = None
        self.entry = WordEntry(_("Passphrase"), _("Show the words"))
        self.told = words(tone="muted")
        self.caps = words(_("Caps Lock seems to be on."), tone="notice")
        self.caps.hide()
        self.key_file = quiet_button(_("Choose the key file"), icon="key")
        self.key_file.hide()
        self._key_path: Path | None = None
        self.open_button = primary_button(_("Unlock"), icon="unlock")
        self.restore = button(_("Bring a backup back"), icon="undo")
        self.restore.hide()
        self.forgotten = quiet_button(_("Passphrase forgotten?"))
        self.practise = quiet_button(_("Practise"), icon="group")
        if is_practice_vault(context.program.folder):
            self.practise.hide()
        self.practice_words = words()
        self.practice_words.hide()
        self.progress = ProgressLine()
        self.progress.hide()
        self._wait = Countdown(self._seconds_left, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.entry)
        self._say_hint()

    def title(self) -> str:
        return _("Unlock")

    def shown(self, _place: Mapping[str, str]) -> None:
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(STANDS_FIRST, self, self._look_at_rules)

    def _connect(self) -> None:
        self.entry.submitted.connect(self._try)
        self._wait.counted.connect(self._show_wait)
        self._wait.ended.connect(self._end_wait)
        self.entry.caps_lock_seen.connect(self.caps.setVisible)
        self.entry.edited.connect(self._typing)
        self.open_button.clicked.connect(self._try)
        self.key_file.clicked.connect(self._choose_key_file)
        self.restore.clicked.connect(lambda: self._context.go_to("restore", {"sentence": self.told.text()}))
        self.practise.clicked.connect(start_practice)
        self.forgotten.clicked.connect(lambda: self._context.go_to("recover"))

    def know(self, passphrases: Passphrases) -> None:
        """Complete words by these rules from now on."""
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def _look_at_rules(self) -> None:
        """Load what is known of passphrases and of waits, once the page stands."""
        self._wait.look()
        if self._passphrases is None:
            self._context.tasks.run_free(vault_passphrases, self.know, owner=self)
        if is_practice_vault(self._context.program.folder):
            self._context.tasks.run_free(self._read_practice_words, self._show_practice_words, owner=self)
        wanted = self._context.program.key_file_may_be_needed
        self._context.tasks.run_free(wanted, self.key_file.setVisible, owner=self)

    def _read_practice_words(self) -> str:
        practice = importlib.import_module("outreach_app.practice.folder").PracticeFolder
        return str(practice(self._context.program.folder.parent).facts().passphrase)

    def _show_practice_words(self, passphrase: str) -> None:
        self.practice_words.setText(_("Practice passphrase: {words}").format(words=passphrase))
        self.practice_words.show()

    def _choose_key_file(self) -> None:
        file = choose_file_to_open(self, _("Choose the key file"), _("Key file (*.key)"))
        if file is not None:
            self.use_key_file(file)

    def use_key_file(self, file: Path) -> None:
        """Unlock with this file from now on; the stick may be pulled out afterwards."""
        self._key_path = file
        self.key_file.setText(_("Key file: {name}").format(name=file.name))
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        typed = self.entry.typed()
        if not typed.strip() or not self.open_button.isEnabled():
            return
        passphrase = self._passphrases.written_out(typed) if self._passphrases else typed.strip()
        self._set_busy(True)
        context, key_path = self._context, self._key_path

        def unlock() -> Session:
            session = context.program.unlock(passphrase, read_small_file(key_path) if key_path else None)
            context.sessions.put(session)
            return session

        context.tasks.run_vault(unlock, self._opened, self._refused)

    def _opened(self, _session: Session) -> None:
        self.entry.clear()
        self._set_busy(False)
        self._context.navigation.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.entry.line.selectAll()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(error, KnownError):
            self._say(error.sentence(), "notice")
            self.restore.setVisible(self._context.program.backup_may_help(error))
        else:
            self._context.messages.tell_error(error)
        self._wait.look()

    def _typing(self) -> None:
        said = self.told.property("tone") == "notice" and not self._wait.runs
        if said and not self.entry.line.hasSelectedText():
            self._say_hint()

    def _seconds_left(self) -> float:
        return self._context.program.backoff.seconds_left()  # its module is loaded when it is first asked

    def _show_wait(self, left: int) -> None:
        self.open_button.setEnabled(False)
        said = ngettext(
            "That passphrase does not open the vault. The next try is possible in {count} second.",
            "That passphrase does not open the vault. The next try is possible in {count} seconds.",
            left,
        )
        self._say(said.format(count=left), "notice")

    def _end_wait(self) -> None:
        self.open_button.setEnabled(True)
        self._say_hint()

    def _say_hint(self) -> None:
        self._say(_("Four letters of each word are enough, then Space. Enter unlocks."), "muted")

    def _say(self, sentence: str, tone: str) -> None:
        self.told.setText(sentence)
        self.entry.line.setAccessibleDescription(sentence)
        set_tone(self.told, tone)

    def _set_busy(self, busy: bool) -> None:
        self.entry.setEnabled(not busy)
        self.open_button.setVisible(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.progress.set_progress(_("Opening the vault"))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_3)
        inside.addWidget(page_title(_("Locked")))
        inside.addWidget(self.practice_words)
        name = QLabel(_("Passphrase"))
        name.setBuddy(self.entry.line)
        inside.addWidget(name)
        for part in (
            self.entry, self.caps, self.told, self.key_file, self.open_button, self.progress,
            self.restore, self.forgotten,
        ):  # fmt: skip
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE_3)
        without = QLabel(_("Open without the passphrase:"))
        without.setProperty("tone", "muted")
        column.addWidget(without, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._open_ways())
        column.addStretch(3)

    def _open_ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addStretch(1)
        for label, icon, page in ((_("Leaflets"), "leaflets", "leaflets"), (_("Help lines"), "phone", "help_lines")):
            way = quiet_button(label, icon=icon)
            way.clicked.connect(lambda _checked=False, page=page: self._context.go_to(page))
            row.addWidget(way)
        row.addWidget(self.practise)
        row.addStretch(1)
        return row
