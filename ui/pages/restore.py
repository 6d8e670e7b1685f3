"""Brings a backup back in place of a damaged vault; the damaged files are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.backup_words import Backup, kind_in_words, made_in_words
from ui.page import Page
from ui.passphrases import Passphrases, vault_passphrases
from ui.tokens import SPACE_3, SPACE_4
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.labelled_field import LabelledField
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import page_title, set_tone, words
from ui.widgets.word_entry import WordEntry

if TYPE_CHECKING:
    from outreach_app.services.session import Session

CARD_WIDTH = 560  # pixels


class RestorePage(Page):
    """``shown`` takes ``sentence``: what is wrong with the vault, said when opening it failed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._passphrases: Passphrases | None = None
        self.backups = QComboBox()
        self.lost = words(tone="notice")
        self.entry = WordEntry(_("Passphrase"), _("Show the words"))
        self.told = words(tone="muted")
        self.begin = primary_button(_("Bring the backup back"), icon="undo")
        self.back = quiet_button(_("Back"), "Esc")
        self.progress = ProgressLine()
        self.progress.hide()
        self.card = Card(_("A backup can take its place"))
        self._lay_out()
        self.backups.currentIndexChanged.connect(self._show_loss)
        self.begin.clicked.connect(self._restore)
        self.entry.submitted.connect(self._restore)
        self.back.clicked.connect(self.go_back)
        self.setFocusProxy(self.entry)

    def title(self) -> str:
        return _("Bring a backup back")

    def shown(self, place: Mapping[str, str]) -> None:
        self.wrong.setText(place.get("sentence", ""))
        self._offer(self._context.program.list_backups())
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._passphrases is None:
            self._context.tasks.run_free(vault_passphrases, self._know, owner=self)

    def go_back(self) -> bool:
        if self.begin.isEnabled():
            self.entry.clear()
            self._context.go_to("unlock")
        return True

    def _know(self, passphrases: Passphrases) -> None:
        self._passphrases = passphrases
        self.entry.set_completer(passphrases.complete)

    def _offer(self, found: Sequence[Backup]) -> None:
        now = self._context.program.clock.local_now()
        self.backups.clear()
        for each in found:
            self.backups.addItem(f"{made_in_words(each, now)} · {kind_in_words(each)}", each.name)
        self.begin.setEnabled(bool(found))
        self._show_loss()

    def _show_loss(self) -> None:
        when = self.backups.currentText().partition(" · ")[0]
        self.lost.setText(
            _("What was written after {when} is not in it.").format(when=when)
            if when
            else _("There is no backup on this laptop. Keep the folder as it is and ask your supervisor.")
        )

    def _restore(self) -> None:
        typed, name = self.entry.typed(), self.backups.currentData()
        if not typed.strip() or not name or not self.begin.isEnabled():
            return
        passphrase = self._passphrases.written_out(typed) if self._passphrases else typed.strip()
        self._set_busy(True)
        context = self._context

        def restore() -> Session:
            session = context.program.restore(name, passphrase)
            context.sessions.put(session)
            return session

        context.tasks.run_vault(restore, self._restored, self._refused)

    def _restored(self, _session: Session) -> None:
        self.entry.clear()
        self._set_busy(False)
        self._context.navigation.unlocked.emit()
        self._context.messages.say(_("The backup is in place. The damaged files were kept in the folder “kept”."))

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.entry.line.selectAll()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(error, KnownError):
            self.told.setText(error.sentence())
            set_tone(self.told, "notice")
        else:
            self._context.messages.tell_error(error)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.entry, self.backups, self.begin, self.back):
            part.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.progress.set_progress(_("Reading the backup and putting it in place"))

    def _lay_out(self) -> None:
        self.card.setFixedWidth(CARD_WIDTH)
        self.wrong = words()
        self.card.say(
            _(
                "The vault as it is now is not deleted: its files are kept in a folder beside the backup, so that "
                "someone can still look at them."
            )
        )
        self.told.setText(_("The passphrase is the same as before."))
        for part in (LabelledField(_("Backup"), self.backups), self.lost, LabelledField(_("Passphrase"), self.entry)):
            self.card.add(part)
        self.card.add(self.told)
        self.card.add_row(self.begin, self.back)
        self.card.add(self.progress)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch(1)
        for above in (page_title(self.title()), self.wrong):
            above.setFixedWidth(CARD_WIDTH)
            row = QHBoxLayout()
            row.addWidget(above, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addLayout(row)
        column.addSpacing(SPACE_4)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
