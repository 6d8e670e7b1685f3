"""The bar on top: title, search, numbers to call, who is working, and the lock."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.icons import set_icon
from ui.tokens import RAIL_WIDTH, SPACE_1, SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button
from ui.widgets.text import badge, set_tone

GLASS = 16
LONGEST = 400  # letters; a page pasted by mistake is nothing to look for
ROOM_FOR_HOURS = 1180  # pixels; on a narrower bar the hours are in the tooltip only


class TopBarWords(NamedTuple):
    """The bar's words in the interface language."""

    title: str
    search: str
    lock: str
    unlock: str


class SearchLine(QLineEdit):
    """Esc empties the line and gives the keyboard back to the page; the arrow down goes on to what was found."""

    left = Signal()
    went_down = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(140)
        self.setMaximumWidth(460)
        self.setTextMargins(GLASS + SPACE_2, 0, 0, 0)
        self._glass = QLabel(self)
        set_icon(self._glass, "search", "muted", GLASS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = self.width() - GLASS - SPACE_3 if self.isRightToLeft() else SPACE_3
        self._glass.setGeometry(left, (self.height() - GLASS) // 2, GLASS, GLASS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
            return
        super().keyPressEvent(event)


class TopBar(QFrame):
    """Emits what is typed and what is pressed; shows what it is told.

    Search and lock are made when first wanted: a locked window, which must stand at once, has no use for them.
    """

    search_typed = Signal(str)
    search_entered = Signal(str)
    search_left = Signal()
    lock_requested = Signal()
    unlock_requested = Signal()

    def __init__(self, told: TopBarWords, parent: QWidget | None = None, *, unlocked: bool = True) -> None:
        super().__init__(parent)
        self._told = told
        self.setProperty("kind", "bar")
        self.title = QLabel(told.title)
        self.title.setProperty("kind", "section")
        self.title.setFixedWidth(RAIL_WIDTH - SPACE_4 + SPACE_3)
        self._icon, self._line, self._state, self._emergency = QLabel(), QLabel(), QLabel(), badge("")
        self._hours = QLabel()
        self._hours.setProperty("tone", "muted")
        self.initials = badge("")
        self.unlock = button(told.unlock, kind="primary", icon="unlock")
        self._lay_out()
        self.setMinimumHeight(self.unlock.sizeHint().height() + 2 * SPACE_2)  # the same, whatever is hidden
        self.unlock.clicked.connect(self.unlock_requested)
        self.set_unlocked(unlocked)

    @cached_property
    def search(self) -> SearchLine:
        """The line that searches everything."""
        line = SearchLine(self._told.search, self)
        line.hide()
        self._row.insertWidget(self._row.indexOf(self.title) + 1, line, 3)
        line.textEdited.connect(self.search_typed)
        for wanted in (line.returnPressed, line.went_down):
            wanted.connect(lambda: self.search_entered.emit(line.text()))
        line.left.connect(self.search_left)
        return line

    @cached_property
    def lock(self) -> QPushButton:
        """The button that locks."""
        made = button(self._told.lock, "Ctrl+L", icon="lock")
        self._row.insertWidget(self._row.indexOf(self.unlock), made)
        made.hide()
        made.clicked.connect(self.lock_requested)
        return made

    def set_unlocked(self, unlocked: bool) -> None:
        """Show search, initials and lock only while there is something to search and lock."""
        if unlocked or "search" in vars(self):
            self.search.setVisible(unlocked)
            self.lock.setVisible(unlocked)
        self.initials.setVisible(unlocked and bool(self.initials.text()))
        self.unlock.setVisible(not unlocked)

    def set_numbers(
        self, line: str, state: str, emergency: str, *, is_open: bool, hours: str = "", tip: str = ""
    ) -> None:
        """Show a number to call with its name, whether someone answers now, its hours, and the emergency number."""
        set_icon(self._icon, "phone", "muted", 16)
        self._line.setText(line)
        self._state.setText(state)
        self._hours.setText(f"· {hours}" if hours else "")
        self._show_hours()
        set_tone(self._state, "calm" if is_open else "notice")
        self._emergency.setText(emergency)
        for part in (self._line, self._state, self._hours):
            part.setToolTip(tip)
        self._line.setAccessibleName(", ".join(filter(None, (line, state, hours))))

    def set_initials(self, text: str, name: str = "") -> None:
        """Show who is working."""
        self.initials.setText(text)
        self.initials.setToolTip(name)
        self.initials.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hours()

    def _show_hours(self) -> None:
        self._hours.setVisible(bool(self._hours.text()) and self.width() >= ROOM_FOR_HOURS)

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        row.setSpacing(SPACE_2)
        row.addWidget(self.title)
        row.addStretch(2)
        row.addWidget(self._icon)
        row.addWidget(self._line)
        row.addWidget(self._state)
        row.addWidget(self._hours)
        row.addSpacing(SPACE_1)
        row.addWidget(self._emergency)
        row.addSpacing(SPACE_4)
        row.addWidget(self.initials)
        row.addWidget(self.unlock)
        for label in (self._line, self._emergency):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
