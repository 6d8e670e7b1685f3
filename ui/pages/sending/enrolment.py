"""Enrolment in two steps: bring the request file to the centre, then take the reply and compare six words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.text import section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.enrolling import EnrolmentState, PendingReply


class EnrolmentCard(QFrame):
    """Shows how far enrolment has come and what is next."""

    request_wanted = Signal()
    reply_wanted = Signal()
    words_compared = Signal(bool)  # they match

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.sentence = words()
        self.six_words = QLabel()
        self.six_words.setProperty("kind", "section")
        self.six_words.setWordWrap(True)
        self.request = primary_button(_("Make the request file"), icon="key")
        self.reply = button(_("Take the reply"), icon="open")
        self.question = Banner("notice")
        self.match = primary_button(_("The words are the same"))
        self.differ = quiet_button(_("They are not the same"))
        self._lay_out()
        self.request.clicked.connect(self.request_wanted)
        self.reply.clicked.connect(self.reply_wanted)
        self.match.clicked.connect(lambda: self.words_compared.emit(True))
        self.differ.clicked.connect(lambda: self.words_compared.emit(False))

    def show_state(self, state: EnrolmentState) -> None:
        """Show a state; an enrolled laptop needs no card."""
        self._ask(None)
        self.setVisible(state.state != "enrolled")
        asked = state.state == "requested"
        begin = _(
            "Before anything can be sent, this laptop and the centre get to know each other by two files. "
            "1. Make the request file and bring it to the centre. 2. Read its six words out by phone. "
            "3. Take the centre's reply and compare its six words. "
            "Until then everything stays on this laptop; without a centre you can record and print all the same."
        )
        go_on = _("Bring the request file to the centre and read these six words out by phone. Then take the reply.")
        self.sentence.setText(go_on if asked else begin)
        self.six_words.setText(state.words)
        self.six_words.setVisible(asked)
        self.request.setText(_("Save the request file again") if asked else _("Make the request file"))
        self.reply.setVisible(asked)

    def ask_words(self, pending: PendingReply) -> None:
        """Ask whether the words of the reply are those the centre reads out."""
        self._ask(pending.words)

    def _ask(self, reply_words: str | None) -> None:
        asking = reply_words is not None
        for part in (self.question, self.match, self.differ):
            part.setVisible(asking)
        for other in (self.request, self.reply, self.six_words, self.sentence):
            other.setVisible(not asking)
        if asking:
            told = _("Call the centre. It reads out six words; they must be these: {words}")
            self.question.say("notice", told.format(words=reply_words))
            self.differ.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(section_heading(_("Get to know the centre")))
        for part in (self.sentence, self.six_words, self.question):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        for each in (self.request, self.reply, self.match, self.differ):
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)
