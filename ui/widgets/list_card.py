"""A card with a heading and a few rows: a line, a quiet second line, and up to three actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import quiet_button
from ui.widgets.text import line, section_heading, words

WIDE = 1000  # the words' part of a row, against the empty part
LEAST_WORDS = 170  # pixels the words need beside the actions


@dataclass(frozen=True)
class ListRow:
    """``tone`` is that of the second line."""

    first: str
    second_line: str = ""
    action: str = ""
    on_action: Callable[[], object] | None = None
    second: str = ""
    on_second: Callable[[], object] | None = None
    tone: str = "muted"
    icon: str = ""
    third: str = ""
    on_third: Callable[[], object] | None = None


class ListCard(QFrame):
    """Says ``nothing`` while it has no rows; the keyboard stays on the same row when rows are shown anew."""

    def __init__(self, heading: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heading = section_heading(heading)
        self._nothing = words(nothing, tone="muted")
        self._rows: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        self.column.setSpacing(SPACE_2)
        self.column.addWidget(self.heading)
        self.column.addWidget(self._nothing)
        self._shown: tuple[ListRow, ...] = ()
        self._buttons: list[QPushButton] = []

    def rows(self) -> tuple[ListRow, ...]:
        """Return what is shown."""
        return self._shown

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the rows, from above."""
        return tuple(self._buttons)

    def focus_first(self) -> None:
        """Put the keyboard onto the first button, where there is one."""
        if self._buttons:
            self._buttons[0].setFocus()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows."""
        at = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1)
        self._shown = tuple(rows)
        self._replace(_block(rows) if rows else None)
        self._nothing.setVisible(not rows and bool(self._nothing.text()))
        if at >= 0 and self._buttons:
            self._buttons[min(at, len(self._buttons) - 1)].setFocus()


    def _replace(self, rows: QWidget | None) -> None:
        """Put the rows in the place of those before, all at once: each by itself would be laid out by itself."""
        before, self._rows = self._rows, rows
        self._buttons = [] if rows is None else rows.findChildren(QPushButton)
        if before is not None:
            self.column.removeWidget(before)
            before.hide()
            before.deleteLater()
        if rows is not None:
            self.column.insertWidget(self.column.indexOf(self._nothing) + 1, rows)  # before what a card puts below
            rows.show()  # now, not with the next layout: it may be given the keyboard at once


def _block(rows: Sequence[ListRow]) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_1)
    for place, row in enumerate(rows):
        if place:
            column.addWidget(line())
        column.addWidget(_RowWidget(row))
    return block


def _row_texts(row: ListRow) -> QWidget:
    block = QWidget()
    texts = QVBoxLayout(block)
    texts.setContentsMargins(0, 0, 0, 0)
    texts.setSpacing(0)
    lines = [words(row.first)] + ([words(row.second_line, tone=row.tone)] if row.second_line else [])
    for label in lines:
        texts.addWidget(label)
    block.setMaximumWidth(max(label.maximumWidth() for label in lines))
    return block


class _RowWidget(QWidget):
    """The words with the actions beside them, or below where too little room would be left for the words."""

    def __init__(self, row: ListRow) -> None:
        super().__init__()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        self._across.setSpacing(SPACE_2)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(SPACE_2)
        self._across.addLayout(_words_of_row(row), 1)
        self._across.addLayout(self._acts)
        for text, act in ((row.third, row.on_third), (row.second, row.on_second), (row.action, row.on_action)):
            if text and act is not None:
                button = quiet_button(text)
                button.setAccessibleName(f"{text}: {row.first}")
                button.clicked.connect(lambda _on=False, act=act: act())
                self._acts.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        acts = self._acts.sizeHint().width()
        below = acts > 0 and self.width() - acts < LEAST_WORDS
        wanted = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._across.direction() != wanted:
            self._across.setDirection(wanted)
            self._acts.setAlignment(Qt.AlignmentFlag.AlignRight if below else Qt.AlignmentFlag(0))


def _words_of_row(row: ListRow) -> QHBoxLayout:
    beside = QHBoxLayout()
    beside.setSpacing(SPACE_2)
    if row.icon:
        picture = QLabel()
        set_icon(picture, row.icon, "muted", 18)
        at = Qt.AlignmentFlag.AlignTop if row.second_line else Qt.AlignmentFlag.AlignVCenter
        beside.addWidget(picture, 0, at)
    beside.addWidget(_row_texts(row), WIDE)
    beside.addStretch(1)  # what is wider than a line of words stays empty at the right
    return beside
