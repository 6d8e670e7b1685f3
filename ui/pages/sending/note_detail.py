"""Where one note is: its way as a sentence with dates, what to do, and the ways to the note and to its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.rows import JourneyRow
from ui.models.sending_journey import advice, story
from ui.widgets.buttons import button, quiet_button
from ui.widgets.card import Card
from ui.widgets.text import set_tone, words

WAITING = frozenset({"held", "waiting", "again"})


class NoteDetail(Card):
    """Says where the version that counts is."""

    closed = Signal()
    look_wanted = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, found: Words, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._words = found
        self._now = now
        self._id = ""
        self.story, self.advice = words(), words()
        self.look = button(_("See what leaves"), icon="search")
        self.open = button(_("Open the note"), icon="open")
        self.back = quiet_button(_("Close"), icon="close")
        self.add(self.story)
        self.add(self.advice)
        self.add_row(self.look)
        self.add_row(self.open, self.back)
        self.column.addStretch(1)
        self.look.clicked.connect(lambda: self.look_wanted.emit(self._id))
        self.open.clicked.connect(lambda: self.open_wanted.emit(self._id))
        self.back.clicked.connect(self.closed)

    def show_note(self, row: JourneyRow) -> None:
        """Show a note."""
        now = self._now()
        self._id = row.id
        about = (isolated(row.contact_name), isolated(row.place_code), self._words.of("settings", row.setting))
        self.heading.setText(day_in_words(row.shift_date, now.date()))
        self.say(" · ".join(filter(None, about)))
        self.story.setText(story(row, now.date(), now.tzinfo))
        self.advice.setText(advice(row))
        self.advice.setVisible(bool(self.advice.text()))
        set_tone(self.advice, "notice" if row.state in {"put_aside", "again"} else "muted")
        self.look.setVisible(row.state in WAITING)
