"""A line at the foot of the window that asks when to remind, and that reminds; it knows no page and no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from ui.icons import set_icon
from ui.tokens import SPACE_1, SPACE_2, SPACE_4
from ui.widgets.buttons import button, icon_button, quiet_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import set_tone

HOUR_WIDTH = 150  # pixels
DONE, LATER, NONE = "done", "later", "0"


class AskedWords(NamedTuple):
    """What is said while asking, in the interface language; ``take_away`` is '' where nothing is set yet."""

    sentence: str
    hour: str
    take_away: str
    close: str


class ReminderStrip(QFrame):
    """``ask`` offers spans of time by number; ``remind`` says one neutral sentence and leaves the keyboard alone."""

    chosen = Signal(int)  # minutes from now
    typed = Signal(str)  # an hour
    taken_away = Signal()
    done = Signal()
    later = Signal()
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._came_from: QWidget | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._icon, self._sentence, answers = QLabel(), QLabel(), QWidget()
        self._icon.setFixedWidth(20)
        self._answers = FlowLayout(answers, SPACE_2)  # a second line where the window is small
        self.hour = QLineEdit()
        self.hour.setFixedWidth(HOUR_WIDTH)
        self.close_it = icon_button("close", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_1, SPACE_4, SPACE_1)
        row.setSpacing(SPACE_2)
        for part in (self._icon, self._sentence):
            row.addWidget(part)
        row.addWidget(answers, 1)
        row.addWidget(self.close_it)
        self.hour.returnPressed.connect(lambda: self.typed.emit(self.hour.text()))
        self.close_it.clicked.connect(self.rest)
        self.hide()

    @property
    def reminding(self) -> bool:
        """Tell whether the line reminds just now."""
        return DONE in self._buttons and not self.isHidden()

    @property
    def asking(self) -> bool:
        """Tell whether the line asks just now."""
        return DONE not in self._buttons and not self.isHidden()

    def text(self) -> str:
        """Return the sentence shown."""
        return self._sentence.text()

    def ask(self, told: AskedWords, spans: Sequence[tuple[int, str]]) -> None:
        """Offer spans of ``(minutes, words)`` by 1, 2, 3 …, and an hour to be typed; 0 takes away what is set."""
        self._begin("accent", told.sentence)
        for number, (minutes, words) in enumerate(spans, 1):
            self._offer(str(number), button(f"{number}  {words}"), partial(self.chosen.emit, minutes))
        if told.take_away:
            self._offer(NONE, quiet_button(f"{NONE}  {told.take_away}"), self.taken_away.emit)
        self.hour.clear()
        self.hour.setPlaceholderText(told.hour)
        self.hour.setAccessibleName(told.hour)
        self.close_it.setAccessibleName(told.close)
        self.close_it.setToolTip(told.close)
        self._stand(asks=True)
        self._take_keyboard(self._buttons["1"])

    def remind(self, sentence: str, done: str, later: str) -> None:
        """Say ``sentence`` and wait for an answer, as long as it takes."""
        self._begin("notice", sentence)
        self._offer(DONE, button(done), self.done.emit)
        self._offer(LATER, quiet_button(later), self.later.emit)
        self._stand(asks=False)

    def take_keyboard(self) -> None:
        """Go to the answer that is waited for."""
        self._take_keyboard(self._buttons[DONE])

    def press(self, which: str) -> None:
        """Press the button of this name: a number, ``done`` or ``later``."""
        self._buttons[which].click()

    def rest(self) -> None:
        """Go away; the keyboard goes back to where it was if it is here."""
        self._give_back()
        self.hide()
        self.height_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asking:
            self.rest()
        elif event.key() == Qt.Key.Key_Escape:
            self._give_back()
        elif event.text() in self._buttons:
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def _begin(self, tone: str, sentence: str) -> None:
        self._give_back()  # the button that has the keyboard goes now
        self._answers.removeWidget(self.hour)
        for old in self._buttons.values():
            self._answers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons.clear()
        set_tone(self, tone)
        set_icon(self._icon, "clock", tone)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def _offer(self, name: str, made: QPushButton, answer: Callable[[], object]) -> None:
        made.clicked.connect(lambda _checked=False: answer())  # without the button's own argument
        self._buttons[name] = made
        self._answers.addWidget(made)

    def _stand(self, *, asks: bool) -> None:
        self._answers.addWidget(self.hour)
        self.hour.setVisible(asks)
        self.close_it.setVisible(asks)
        self.show()
        self.height_changed.emit()

    def _take_keyboard(self, part: QWidget) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give_back(self) -> None:
        focused = QApplication.focusWidget()
        back, self._came_from = self._came_from, None
        if focused is not None and self.isAncestorOf(focused) and back is not None and isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
