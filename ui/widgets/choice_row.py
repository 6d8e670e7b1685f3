"""One of a few: small buttons side by side, worked with arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.tokens import SPACE_1
from ui.widgets.buttons import ArrowlessButton
from ui.widgets.flow_layout import FlowLayout

STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
TAKING_BACK = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
AWAY_FOR_A_MOMENT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class ChoiceRow(QWidget):
    """Values are the caller's codes; pressing the chosen one again, or Delete, takes it back (``may_be_empty``).

    What an arrow has just chosen is confirmed by Space, not taken back. Where a choice leads away or is kept at
    once, ``arrows_choose=False`` lets the arrows only move, from end to end; Space or Enter chooses.
    """

    changed = Signal(str)  # the code chosen, "" for none

    def __init__(
        self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *,
        may_be_empty: bool = True, arrows_choose: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._may_be_empty = may_be_empty
        self._arrows_choose = arrows_choose
        self._by_arrow = ""  # chosen by an arrow, and the keyboard has been there since
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
        self.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs do not know that nobody may stand for it
        self._buttons = {code: self._make(code, label) for code, label in options}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # for a moment: Qt orders nothing behind what has no policy
        for before, button in pairwise((self, *self._buttons.values())):
            QWidget.setTabOrder(before, button)  # what is made later would stand behind everything in the window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        if code != self._by_arrow:
            self._by_arrow = ""
        self._tab_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        if event.key() in TAKING_BACK and self._may_be_empty and self.value():
            self._choose("")
        elif step is None or not self._buttons:
            super().keyPressEvent(event)
        else:
            sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self._move(-step if sideways and self.isRightToLeft() else step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in AWAY_FOR_A_MOMENT:
            self._by_arrow = ""
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._buttons:
            (self._buttons.get(self.value()) or next(iter(self._buttons.values()))).setFocus(event.reason())

    def _move(self, step: int) -> None:
        codes = list(self._buttons)
        at = next((i for i, code in enumerate(codes) if self._buttons[code].hasFocus()), -1) + step
        following = codes[at % len(codes) if self._arrows_choose else max(0, min(at, len(codes) - 1))]
        if self._arrows_choose:
            self.set_value(following)
        self._buttons[following].setFocus(Qt.FocusReason.TabFocusReason)
        if self._arrows_choose:
            self._by_arrow = following
            self.changed.emit(following)  # last: whoever hears it may build the page anew, or place the keyboard

    def _make(self, code: str, label: str) -> QPushButton:
        button = ArrowlessButton(label)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(label)
        button.clicked.connect(lambda: self._clicked(code))
        button.installEventFilter(self)
        self._flow.addWidget(button)
        button.show()
        return button

    def _clicked(self, code: str) -> None:
        if code == self._by_arrow:  # already told; a habit of pressing Space must not lose it
            self._by_arrow = ""
            self._buttons[code].setChecked(True)
            return
        taken_back = not self._buttons[code].isChecked() and self._may_be_empty
        self._choose("" if taken_back else code)

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
