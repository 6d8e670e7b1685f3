"""A task beside a list, in a few steps in one place: heading, what to do, six words if there are some, and buttons."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import quiet_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.progress_line import ProgressLine
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, words


class SixWords(QWidget):
    """Six numbered words, large: read out on the phone, word by word."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, SPACE_2)
        self._words = ""

    def words(self) -> str:
        """Return what is shown."""
        return self._words

    def show_words(self, six: str) -> None:
        """Show these words."""
        self._words = six
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, word in enumerate(six.split(), 1):
            card = QLabel(f"{place}  {word}")
            card.setProperty("kind", "word")
            self._flow.addWidget(card)
            card.show()
        self.setAccessibleName(six)


NARROWEST = 300  # pixels; beside a list on a small screen


class Panel(QWidget):
    """``step`` shows a sentence and the buttons of a step; Esc leaves, unless something is being done."""

    left = Signal()

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setMinimumWidth(NARROWEST)
        self.heading = section_heading(heading)
        self.heading.setWordWrap(True)
        self.sentence = words()
        self.six = SixWords()
        self.fields = QWidget()
        self.form = QVBoxLayout(self.fields)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setSpacing(SPACE_3)
        self.told = Banner("notice")
        self.progress = ProgressLine()
        self.leave = quiet_button(_("Not now"))
        self.leave.clicked.connect(self.left)
        self._buttons: list[QPushButton] = []
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.busy:
            self.left.emit()
            return
        super().keyPressEvent(event)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self.progress.isVisibleTo(self)

    def put(self, *buttons: QPushButton) -> None:
        """Give the panel its buttons; ``step`` says which of them are shown."""
        for each in buttons:
            self._row.addWidget(each)
            each.hide()
        self._buttons.extend(buttons)
        self._row.removeWidget(self.leave)
        self._row.addWidget(self.leave)
        for before, after in pairwise((*self._buttons, self.leave)):
            QWidget.setTabOrder(before, after)

    def step(
        self, sentence: str, *buttons: QPushButton, six: str = "", fields: bool = False, leave: str = "",
        focus: bool = True,
    ) -> None:  # fmt: skip
        """Show a step: its sentence, its buttons in the order they were put, six words or fields where it has some."""
        self.end_busy()
        self.say("")
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.six.show_words(six)
        self.six.setVisible(bool(six))
        self.fields.setVisible(fields)
        for each in self._buttons:
            each.setVisible(each in buttons)
        self.leave.setText(leave or _("Not now"))
        if focus:
            (buttons[0] if buttons else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self._inside, lambda: self._inside.verticalScrollBar().setValue(0))  # read first

    def take_keyboard(self) -> None:
        """Put the keyboard on the first button that can be pressed."""
        there = [each for each in self._buttons if each.isVisibleTo(self) and each.isEnabled()]
        (there[0] if there else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str, tone: str = "notice") -> None:
        """Say what is wrong or what came of it; empty takes it away."""
        self.told.say(tone, sentence)
        self.told.setVisible(bool(sentence))

    def begin_busy(self, sentence: str) -> None:
        """Show that something is being done; nothing can be pressed meanwhile."""
        self.say("")
        self.progress.set_progress(sentence)
        self.progress.show()
        self._row_widget.setEnabled(False)
        self.fields.setEnabled(False)

    def end_busy(self) -> None:
        """Let buttons be pressed again."""
        self.progress.hide()
        self._row_widget.setEnabled(True)
        self.fields.setEnabled(True)

    def _lay_out(self) -> None:
        self._row_widget = QWidget()
        self._row = FlowLayout(self._row_widget, SPACE_2)
        self._row.addWidget(self.leave)
        self._inside = inside = ScrollColumn(gap=SPACE_3)
        for part in (self.heading, self.sentence, self.six, self.fields, self.told, self.progress, self._row_widget):
            inside.add(part)
        inside.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, 0, 0, 0)
        column.addWidget(inside)
        for hidden in (self.six, self.fields, self.told, self.progress):
            hidden.hide()
