"""One note: its newest version first, older ones behind a line, how far it has travelled, and the way to amend it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words, moment_in_words
from ui.models.note_lines import NoteReader
from ui.models.note_words import sending_words, state_words
from ui.models.review_words import verdict_words
from ui.models.signs import Signs
from ui.pages.encounters.blanking import BlankPanel
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, quiet_button
from ui.widgets.disclosure import Disclosure
from ui.widgets.pairs import pairs
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import badge, section_heading, small_heading, words

if TYPE_CHECKING:
    from outreach_app.services.notes import Note, NoteVersion


class NoteView(QFrame):
    """Reads, and blanks what must not stand there; asks for amending and going back by signals."""

    amend_requested = Signal(str)
    blanked = Signal(str)  # the note has to be read again
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._context = context
        self._reader = NoteReader(
            Words(context.program.code_lists), Signs(context.program.catalogues),
            lambda: context.program.clock.local_now().date(),
        )  # fmt: skip
        self._note_id = ""
        self._blanked: set[int] = set()
        self.heading = section_heading("")
        self.state = badge("")
        self.amend = button(_("Amend"), "Ctrl+E", icon="edit")
        self.blank = button(_("Blank"), "Ctrl+B", icon="discard")
        self.back = quiet_button(_("Close"), icon="close")
        self.blanking = BlankPanel(context)
        self.blanking.hide()
        self._selectable: list[QLabel] = []
        self._scroll = ScrollColumn(gap=SPACE_2)
        self._lay_out()
        self.amend.clicked.connect(lambda: self.amend_requested.emit(self._note_id))
        self.back.clicked.connect(self.closed)
        self.blank.clicked.connect(self._begin_blanking)
        self.blanking.left.connect(self.leave_blanking)
        self.blanking.blanked.connect(self.blanked)

    def show_note(self, note: Note) -> None:
        """Show a note; its newest version counts."""
        if note.id != self._note_id or self.blanking.leaving.isHidden():
            self.leave_blanking()
        self._note_id = note.id
        self._blanked = {step.version for step in note.sending if step.state == "blanked"}
        today = self._context.program.clock.local_now().date()
        content = note.current.content
        self.heading.setText(day_in_words(content.shift_date, today))
        self.state.setText(state_words(note.state))
        self._empty()
        now = self._context.program.clock.local_now()
        for verdict in reversed(note.verdicts):
            now_said = verdict.remark and verdict is note.verdicts[-1] and verdict.version == note.current.version
            self._scroll.add(words(verdict_words(verdict, now), tone="notice" if now_said else "muted"))
        self._scroll.add(self._version(note.current))
        older = tuple(reversed(note.versions[:-1]))
        for version in older:
            self._scroll.add(self._older(version, today))
        self._scroll.add(small_heading(_("On its way")))
        for step in note.sending:
            self._scroll.add(words(self._step_words(step.state, step.at, step.batch, today)))
        self._scroll.column.addStretch(1)

    def leave_blanking(self) -> bool:
        """Ask no longer what to blank; return whether it was asked."""
        asked = self.blanking.isVisible()
        self.blanking.forget()
        self.blanking.hide()
        if asked:
            self.blank.setFocus()
        return asked

    def _begin_blanking(self) -> None:
        selected = next((label.selectedText() for label in self._selectable if label.hasSelectedText()), "")
        self.blanking.show()
        self.blanking.begin(self._note_id, selected)

    def text(self) -> str:
        """Return everything said, for tests."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if label.isVisibleTo(self))

    def _version(self, version: NoteVersion) -> QWidget:
        content = version.content
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        if version.reason:
            why = _("Blanked because: {reason}") if version.version in self._blanked else _("Amended because: {reason}")
            column.addWidget(words(why.format(reason=isolated(version.reason)), tone="notice"))
        for tone, sentence in self._reader.alerts(version.assessment):
            column.addWidget(Banner(tone, sentence))
        if content.note:
            column.addWidget(self._markable(isolated(content.note)))
        column.addWidget(pairs(self._reader.lines(content, version.place_code, version.contact_name)))
        signs = self._reader.sign_lines(content)
        if signs:
            column.addWidget(small_heading(_("Signs")))
            column.addWidget(pairs(tuple((answer, sign) for sign, answer in signs)))
        for at, line in enumerate(self._reader.result_lines(content, version.assessment)):
            column.addWidget(words(line, tone="muted" if at else "accent"))
        if version.health_hidden:
            column.addWidget(words(_("There is a health part that only health workers can read."), tone="muted"))
        return inside

    def _markable(self, text: str) -> QLabel:
        """Return words of the note that can be marked, to be blanked; by mouse, or by Shift and the arrows."""
        label = words(text)
        flags = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._selectable.append(label)
        return label

    def _older(self, version: NoteVersion, today: date) -> QWidget:
        local = version.recorded_at.astimezone(self._context.program.clock.local_now().tzinfo)
        name = _("Version {number}, {when}, {worker}").format(
            number=version.version, when=moment_in_words(local, today), worker=isolated(version.worker_name)
        )
        inside = self._version(version)
        return Disclosure(name, inside)

    def _step_words(self, state: str, at: object, batch: int, today: date) -> str:
        local = getattr(at, "astimezone", None)
        when = moment_in_words(local(self._context.program.clock.local_now().tzinfo), today) if local else ""
        name = state_words(state) if state in {"finished", "amended", "blanked"} else sending_words(state)
        number = _("batch {number}").format(number=batch) if batch else ""
        return " · ".join(filter(None, (name, when, number)))

    def _empty(self) -> None:
        self._selectable.clear()
        while (item := self._scroll.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.heading)
        top.addWidget(self.state)
        top.addStretch(1)
        top.addWidget(self.amend)
        top.addWidget(self.blank)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self.blanking)
        column.addWidget(self._scroll, 1)
