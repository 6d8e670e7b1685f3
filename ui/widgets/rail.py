"""The rail on the left: one row per page, with an icon, a key and sometimes a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.tokens import RAIL_WIDTH, SPACE_1, SPACE_2, SPACE_3
from ui.widgets.buttons import ArrowlessButton
from ui.widgets.text import badge

ROW_HEIGHT = 38  # pixels, where there is room
DUE = "•"


class RailRow(NamedTuple):
    """One row: the caller's name for it, its label, icon and key."""

    name: str
    label: str
    icon: str
    key: str = ""


class RailButton(ArrowlessButton):
    """A checkable row that can carry a count."""

    def __init__(self, row: RailRow, parent: QWidget | None = None) -> None:
        super().__init__(row.label, parent)
        self._row = row
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)  # lower where the window is
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._number, self._due = 0, ""
        self._count = badge("")
        self._count.hide()
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, SPACE_2, 0)
        inside.addStretch(1)
        inside.addWidget(self._count)
        self.set_count(0)
        self.show_keys("")

    def show_keys(self, place_key: str) -> None:
        """Say in the tooltip the key of the place where it stands, and its own."""
        keys = ", ".join(filter(None, (place_key, self._row.key)))
        self.setToolTip(f"{self._row.label} ({keys})" if keys else "")

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, ROW_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return super().sizeHint()

    def set_count(self, count: int) -> None:
        """Show a count behind the label; 0 shows none."""
        self._number = count
        self._say()

    def set_due(self, words: str) -> None:
        """Show a mark behind the label, with or without a count; a screen reader hears the words. Empty shows none."""
        self._due = words
        self._say()

    def _say(self) -> None:
        number = str(self._number) if self._number else ""
        self._count.setText(" ".join(filter(None, (number, DUE if self._due else ""))))
        self._count.setVisible(bool(self._count.text()))
        named = f"{self._row.label} ({number})" if number else self._row.label
        self.setAccessibleName(", ".join(filter(None, (named, self._due))))

    def colour(self) -> None:
        """Show by the icon's colour as well whether this is the page in front."""
        set_icon(self, self._row.icon, "accent" if self.isChecked() else "muted")


class Rail(QWidget):
    """Up and Down move between rows; Enter or Space goes there."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[RailRow], foot: Sequence[RailRow] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        self._place_keys: Sequence[str] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_3, SPACE_2, SPACE_3)
        column.setSpacing(SPACE_1)
        for row in rows:
            column.addWidget(self._make(row))
        column.addStretch(1)
        for row in foot:
            column.addWidget(self._make(row))

    def set_current(self, name: str) -> None:
        """Mark the row of the page that is shown."""
        for each, button in self._buttons.items():
            button.setChecked(each == name)
            button.colour()

    def set_count(self, name: str, count: int) -> None:
        """Show a count behind a row's label."""
        if name in self._buttons:
            self._buttons[name].set_count(count)

    def set_due(self, name: str, words: str) -> None:
        """Show behind a row's label that something is due, or, with no words, that nothing is."""
        if name in self._buttons:
            self._buttons[name].set_due(words)

    def show_row(self, name: str, *, shown: bool) -> None:
        """Show a row, or take it away for the time being."""
        self._buttons[name].setVisible(shown)
        self._say_keys()

    def shows(self, name: str) -> bool:
        """Tell whether a row is there."""
        return not self._buttons[name].isHidden()

    def shown_names(self) -> list[str]:
        """Return the rows that are there, from the top."""
        return [name for name in self._buttons if self.shows(name)]

    def number_rows(self, keys: Sequence[str]) -> None:
        """Say these keys in the tooltips of the rows shown, the first key for the row on top."""
        self._place_keys = keys
        self._say_keys()

    def _say_keys(self) -> None:
        for button in self._buttons.values():
            button.show_keys("")
        for name, key in zip(self.shown_names(), self._place_keys, strict=False):
            self._buttons[name].show_keys(key)

    def button(self, name: str) -> RailButton:
        """Return the row's button."""
        return self._buttons[name]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            buttons = [button for button in self._buttons.values() if not button.isHidden()]
            at = next((i for i, button in enumerate(buttons) if button.hasFocus()), 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _make(self, row: RailRow) -> RailButton:
        button = RailButton(row)
        button.clicked.connect(lambda: self._choose(row.name))
        self._buttons[row.name] = button
        return button

    def _choose(self, name: str) -> None:
        self.set_current(name)
        self.chosen.emit(name)
