"""One of a few: small buttons side by side, worked with arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.tokens import SPACE_1
from ui.widgets.buttons import ArrowlessButton
from ui.widgets.flow_layout import FlowLayout

STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ChoiceRow(QWidget):
    """Values are the caller's codes; pressing the chosen one again takes the choice back (``may_be_empty``).

    Where a choice leads away at once, ``arrows_choose=False`` lets the arrows only move; Space or Enter chooses.
    """

    changed = Signal(str)  # the code chosen, "" for none

    def __init__(
        self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *,
        may_be_empty: bool = True, arrows_choose: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._may_be_empty = may_be_empty
        self._arrows_choose = arrows_choose
        self._buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self, SPACE_1)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other (code, label) pairs; the choice stays if still offered, the buttons where only labels change."""
        if list(self._buttons) == [code for code, _label in options]:
            for code, label in options:
                self._buttons[code].setText(label)
                self._buttons[code].setAccessibleName(label)
            return
        chosen = self.value()
        for old in self._buttons.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {code: self._make(code, label) for code, label in options}
        if chosen and chosen not in self._buttons:
            self.changed.emit("")
        self.set_value(chosen)

    def value(self) -> str:
        """Return the chosen code, or ""."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Choose without telling anyone."""
        for each, button in self._buttons.items():
            button.setChecked(each == code)
        self._tab_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        codes = list(self._buttons)
        if step is None or not codes:
            super().keyPressEvent(event)
            return
        if self.isRightToLeft() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -step
        at = next((i for i, code in enumerate(codes) if self._buttons[code].hasFocus()), -1)
        following = codes[(at + step) % len(codes)]
        if self._arrows_choose:
            self.set_value(following)
        self._buttons[following].setFocus(Qt.FocusReason.TabFocusReason)
        if self._arrows_choose:
            self.changed.emit(following)  # last: whoever hears it may build the page anew, or place the keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._buttons:
            (self._buttons.get(self.value()) or next(iter(self._buttons.values()))).setFocus(event.reason())

    def _make(self, code: str, label: str) -> QPushButton:
        button = ArrowlessButton(label)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(label)
        button.clicked.connect(lambda: self._clicked(code))
        self._flow.addWidget(button)
        button.show()
        return button

    def _clicked(self, code: str) -> None:
        if not self._buttons[code].isChecked() and self._may_be_empty:
            self.set_value("")
            self.changed.emit("")
            return
        self._choose(code)

    def _choose(self, code: str) -> None:
        self.set_value(code)
        self.changed.emit(code)

    def _tab_stop(self) -> None:
        """Let Tab stop once per row: on the chosen button, or on the first.

        The row itself keeps no focus policy: Qt would hand it on to the button that stands for the row.
        """
        stop = self.value() or next(iter(self._buttons), "")
        for code, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus)
        if stop:
            self.setFocusProxy(self._buttons[stop])
