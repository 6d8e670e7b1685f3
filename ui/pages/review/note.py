"""A note under review: its newest version, what it lacks and why, older versions and earlier remarks behind lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words, moment_in_words
from ui.models.note_lines import NoteReader
from ui.models.note_words import state_words
from ui.models.review_words import lack_lines, verdict_words
from ui.models.signs import Signs
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.disclosure import Disclosure
from ui.widgets.pairs import pairs
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import badge, section_heading, small_heading, words

if TYPE_CHECKING:
    from outreach_app.services.notes import NoteVersion
    from outreach_app.services.reviews import NoteInReview


class NoteUnderReview(QFrame):
    """Only shows; what is said about the note is asked beside it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._context = context
        self._reader = NoteReader(
            Words(context.program.code_lists), Signs(context.program.catalogues), lambda: self._now().date()
        )
        self.heading, self.state = section_heading(""), badge("")
        self._scroll = ScrollColumn(gap=SPACE_2)
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.heading)
        top.addWidget(self.state)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)

    def show_note(self, found: NoteInReview) -> None:
        """Show a note from its beginning."""
        note, now = found.note, self._now()
        self.heading.setText(day_in_words(note.current.content.shift_date, now.date()))
        self.state.setText(state_words(note.state))
        self._empty()
        self._show_lacks(found)
        for verdict in reversed(note.verdicts):
            self._scroll.add(words(verdict_words(verdict, now), tone="notice" if verdict.remark else "muted"))
        self._scroll.add(self._version(note.current))
        for version in reversed(note.versions[:-1]):
            self._scroll.add(Disclosure(self._name(version, now), self._version(version)))
        self._scroll.column.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """Return everything said, for tests."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if not label.isHidden())

    def _show_lacks(self, found: NoteInReview) -> None:
        lines = lack_lines(found.lacks)
        if not lines:
            self._scroll.add(words(_("Nothing is missing for statistics or sending."), tone="calm"))
            return
        self._scroll.add(small_heading(_("Missing, if it can be asked")))
        self._scroll.add(pairs(lines))

    def _version(self, version: NoteVersion) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_2)
        content = version.content
        for tone, sentence in self._reader.alerts(version.assessment):
            column.addWidget(Banner(tone, sentence))
        if version.reason:
            why = _("Amended because: {reason}").format(reason=isolated(version.reason))
            column.addWidget(words(why, tone="notice"))
        column.addWidget(words(_("Written by {worker}").format(worker=isolated(version.worker_name)), tone="muted"))
        if content.note:
            column.addWidget(words(isolated(content.note)))
        column.addWidget(pairs(self._reader.lines(content, version.place_code, version.contact_name)))
        signs = self._reader.sign_lines(content)
        if signs:
            column.addWidget(small_heading(_("Signs")))
            column.addWidget(pairs(tuple((answer, sign) for sign, answer in signs)))
        for place, line in enumerate(self._reader.result_lines(content, version.assessment)):
            column.addWidget(words(line, tone="muted" if place else "accent"))
        if version.health_hidden:
            column.addWidget(words(_("There is a health part that only health workers can read."), tone="muted"))
        return inside

    def _name(self, version: NoteVersion, now: datetime) -> str:
        when = moment_in_words(version.recorded_at.astimezone(now.tzinfo), now.date())
        return _("Version {number}, {when}, {worker}").format(
            number=version.version, when=when, worker=isolated(version.worker_name)
        )

    def _now(self) -> datetime:
        return self._context.program.clock.local_now()

    def _empty(self) -> None:
        while (item := self._scroll.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
