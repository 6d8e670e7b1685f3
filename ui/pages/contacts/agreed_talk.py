"""The talk before a consent: one point at a time on the screen, ticked one by one, never all at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.consent_talk import ConsentTalk, ConsentTexts, Remark
from outreach_app.i18n import gettext as _
from outreach_app.i18n import language
from ui.icons import set_icon
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import section_heading, set_tone, small_heading, words

READING_SECONDS = 1.0  # a point that stood there for less was not read out


class TalkPanel(QWidget):
    """``agreed`` carries the finished talk; Esc or "Back" goes a point back, then out.

    ``seconds`` tells the time since any moment: a press right after a point appeared agrees to nothing. After the
    last point a line says what will be kept, and only the next press keeps it.
    """

    agreed = Signal(object)  # ConsentTalk
    left = Signal()

    def __init__(self, parent: QWidget | None = None, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.seconds, self._shown_at = seconds, 0.0
        self._texts: ConsentTexts | None = None
        self._talk = ConsentTalk(0)
        self._recipient = ("", "")
        self._at = 0
        self.step, self.name, self.text = small_heading(""), section_heading(""), words()
        self.remark, self.source, self.draft = words(), words(tone="muted"), words(tone="muted")
        self.tick = primary_button("", icon="check")
        self.back = quiet_button(_("Back"), icon="arrow-left")
        self._marks_row = QWidget()
        self._marks = FlowLayout(self._marks_row, SPACE_3)
        self._lay_out()
        self.tick.clicked.connect(self._tick)
        self.back.clicked.connect(self.step_back)

    def begin(self, texts: ConsentTexts, code: str, recipient: str) -> None:
        """Begin at the first point, about this recipient."""
        self._texts, self._recipient, self._at = texts, (code, recipient), 0
        self._talk = ConsentTalk(texts.version)
        told = _("Our own words; the centre has not checked them yet.")
        self.draft.setText("" if texts.confirmed else told)
        self.draft.setVisible(not texts.confirmed)
        self._show()

    def talk(self) -> ConsentTalk:
        """Return how far the talk has come."""
        return self._talk

    def step_back(self) -> None:
        """Go one point back; from the first, out."""
        if self._at == 0:
            self.left.emit()
            return
        self._at -= 1
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
            return
        super().keyPressEvent(event)

    def _tick(self) -> None:
        if self._texts is None or self.seconds() - self._shown_at < READING_SECONDS:
            return
        if self._at == len(self._texts.points):
            self.agreed.emit(self._talk)
            return
        self._talk = self._talk.tick(self._texts.points[self._at].id)
        self._at += 1
        self._show()

    def _show(self) -> None:
        if self._texts is None:
            return
        last = self._at == len(self._texts.points)
        if last:
            self._show_what_is_kept(len(self._texts.points))
        else:
            self._show_point(self._texts)
        self.step.setVisible(not last)
        self.name.setVisible(not last)
        for label in (self.remark, self.source):
            label.setVisible(bool(label.text()))
        self.tick.setText(_("She agrees: keep the consent") if last else _("She understands and agrees"))
        self.tick.setAccessibleName(self.tick.text())
        self._show_marks()
        self.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shown_at = self.seconds()

    def _show_point(self, texts: ConsentTexts) -> None:
        point, count = texts.points[self._at], len(texts.points)
        tongue, (code, recipient) = language()[:2], self._recipient
        self.step.setText(_("Point {number} of {count}").format(number=self._at + 1, count=count))
        self.name.setText(point.label(tongue))
        self.text.setText(point.text(tongue, recipient))
        remark = texts.remark_about(code) if point.id == "risks" else None
        self.remark.setText("" if remark is None else remark.text(tongue))
        self.source.setText("" if remark is None else _source(remark, tongue))
        self._talk = self._talk.show(point.id)

    def _show_what_is_kept(self, count: int) -> None:
        told = _("To be kept: she agrees to all {count} points, for {recipient}.")
        self.text.setText(told.format(count=count, recipient=self._recipient[1]))
        self.remark.setText("")
        self.source.setText("")

    def _show_marks(self) -> None:
        while (item := self._marks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._texts is None:
            return
        for point in self._texts.points:
            mark = _mark(point.label(language()[:2]), ticked=point.id in self._talk.ticked)
            self._marks.addWidget(mark)
            mark.show()  # only now: shown without a parent it would be a window

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self.tick)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for part in (self.step, self.name, self.text, self.remark, self.source):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self._marks_row)
        column.addWidget(self.draft)


def _source(remark: Remark, tongue: str) -> str:
    known, unknown = _("Source: {source}, {year}"), _("Source: {source}, {year}; not confirmed")
    return (known if remark.confirmed else unknown).format(source=remark.source(tongue), year=remark.as_of.year)


def _mark(name: str, *, ticked: bool) -> QWidget:
    """Return a point's name with a tick, or an open mark: told by shape, not colour alone."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    picture = QLabel()
    set_icon(picture, "mark-known" if ticked else "mark-empty", "calm" if ticked else "muted", 14)
    row.addWidget(picture)
    label = QLabel(name)
    set_tone(label, "" if ticked else "muted")
    row.addWidget(label)
    made.setAccessibleName(_("{point}: agreed").format(point=name) if ticked else name)
    return made
