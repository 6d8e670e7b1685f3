"""All languages by their own names, large, with the worker's name for each underneath; she points at hers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.models.cards import CardTexts
from ui.models.codes import language_name
from ui.pages.cards.targets import huge_target, speaking
from ui.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_5
from ui.widgets.text import page_title, words

COLUMNS = 4
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class LanguageStep(QWidget):
    """Arrows move over the languages as they stand."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.told = words("", tone="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_3, SPACE_5, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(page_title(_("Which language?")))
        column.addWidget(words(_("Let her point at hers. Arrows move, Enter begins, Esc leaves.")))
        column.addStretch(1)
        column.addLayout(self._grid)
        column.addStretch(1)
        column.addWidget(self.told)

    def offer(self, languages: Iterable[CardTexts]) -> None:
        """Offer these languages."""
        for at, texts in enumerate(languages):
            code = texts.words.language
            made = speaking(huge_target(arrows=False), texts.words.own_name, texts)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            staff = QLabel(language_name(code))
            staff.setProperty("tone", "muted")
            staff.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(made)
            cell.addWidget(staff)
            self._grid.addLayout(cell, at // COLUMNS, at % COLUMNS)
            self.buttons[code] = made
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = list(self.buttons.values())
        standing = next((at for at, each in enumerate(buttons) if each.hasFocus()), None)
        step = STEPS.get(Qt.Key(event.key()))
        if standing is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= standing + step < len(buttons):
            buttons[standing + step].setFocus(Qt.FocusReason.TabFocusReason)
