"""Blanks words of a note, in place: which words, why, where they stand, and only then for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.dialogs.leaving import Leaving
from ui.models.keeping_words import departures_in_words
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.ask_panel import AskPanel

if TYPE_CHECKING:
    from outreach_app.services.blanking import BlankPreview
    from outreach_app.services.erasing import Erased

LINE_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u2068": "", "\u2069": ""})  # as Qt hands out a selection


class BlankPanel(QFrame):
    """The first press looks where the words stand, the second blanks them; other words begin anew."""

    blanked = Signal(str)  # note id
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self._context = context
        self._note_id = ""
        self._seen: BlankPreview | None = None
        self.ask = AskPanel(
            _("Blank words of this note"),
            _("They go for good: from every version of the note, from search, and from backups."), _("Look for them"),
        )  # fmt: skip
        self.words = self.ask.ask(_("Words to blank"), _("As they stand in the note; mark them there first."))
        self.reason = self.ask.ask(_("Reason"), _("Without the words themselves; it stays with the note."))
        self.leaving = Leaving(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.ask)
        column.addWidget(self.leaving)
        self.ask.left.connect(self.left)
        self.ask.confirmed.connect(self._go_on)
        self.words.textChanged.connect(lambda _text: self._forget_preview())

    def begin(self, note_id: str, selected: str) -> None:
        """Ask about a note; ``selected`` are the words marked in it."""
        self._note_id = note_id
        self._forget_preview()
        self.ask.begin()
        self.words.setText(" ".join(selected.translate(LINE_BREAKS).split()))
        if self.words.text():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of what was typed."""
        self.words.clear()
        self.reason.clear()

    def _go_on(self) -> None:
        if self._seen is None:
            self._look()
        else:
            self._blank()

    def _look(self) -> None:
        note_id, words = self._note_id, self.words.text()
        self._context.ask(
            lambda session: session.erasing.preview_blank(note_id, words),
            lambda found: self._show_preview(words, found), self._refused, owner=self,
        )  # fmt: skip

    def _show_preview(self, words: str, found: BlankPreview) -> None:
        if words != self.words.text():
            return
        self._seen = found
        now = self._context.program.clock.local_now()
        stand = ngettext("They stand in {count} place.", "They stand in {count} places.", found.places)
        told = [stand.format(count=found.places)]
        if found.health_unseen:
            told.append(_("A health part could not be looked into; a health worker has to blank there."))
        if found.in_short_name:
            told.append(_("They stand in the contact’s short name, too. Change it under “Names”, it can be forgotten."))
        if found.left:
            told.append(_("Words of this note have left already; the centre is told to blank them too:"))
            told.extend(f"– {each}" for each in departures_in_words(found.left, now.date(), now.tzinfo))
        self.ask.say("\n".join(told))
        self.ask.act.setText(_("Blank them for good"))

    def _forget_preview(self) -> None:
        if self._seen is not None:
            self.ask.say("")
        self._seen = None
        self.ask.act.setText(_("Look for them"))

    def _blank(self) -> None:
        note_id, words, reason = self._note_id, self.words.text(), self.reason.text()
        self.ask.setEnabled(False)
        self.leaving.run(
            lambda session, report, stop: session.erasing.blank(note_id, words, reason, report, stop),
            self._done, lambda: self._ended(note_id),
        )  # fmt: skip

    def _done(self, _erased: Erased) -> None:
        self.forget()
        self._context.messages.say(_("The words are blanked; old pages and backups no longer hold them."))

    def _ended(self, note_id: str) -> None:
        self.ask.setEnabled(True)
        self.blanked.emit(note_id)

    def _refused(self, error: Exception) -> None:
        self.ask.say(self._context.messages.sentence(error))
