"""Any of several: small buttons side by side that go on and off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.tokens import SPACE_1
from ui.widgets.buttons import ArrowlessButton, quiet_button
from ui.widgets.flow_layout import FlowLayout

_STEPS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Up): -1}


class ToggleRow(QWidget):
    """Values are the caller's codes; arrows move, Space switches, Tab leaves."""

    changed = Signal(object)  # tuple of the codes that are on

    def __init__(
        self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, first: int = 0, more_words: str = ""
    ) -> None:
        """Offer all options, or only the ``first`` ones until ``more_words`` is pressed."""
        super().__init__(parent)
        self._flow = FlowLayout(self, SPACE_1)
        self._buttons: dict[str, QPushButton] = {code: self._make(label) for code, label in options}
        self._later = tuple(self._buttons)[first:] if first else ()
        self._more = quiet_button(more_words)
        self._flow.addWidget(self._more)
        self._more.clicked.connect(self._show_rest)
        self._fold()
        self._give_tab_stop(next(iter(self._buttons), ""))

    def values(self) -> tuple[str, ...]:
        """Return the codes that are on, in the order offered."""
        return tuple(code for code, button in self._buttons.items() if button.isChecked())

    def set_values(self, codes: Iterable[str]) -> None:
        """Switch without telling anyone."""
        wanted = set(codes)
        for code, button in self._buttons.items():
            button.setChecked(code in wanted)
        self._fold()

    def toggle(self, code: str) -> None:
        """Switch one and tell."""
        self._buttons[code].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        codes = [code for code, button in self._buttons.items() if not button.isHidden()]
        if step is None or not codes:
            super().keyPressEvent(event)
            return
        if self.isRightToLeft() and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = -step
        at = next((place for place, code in enumerate(codes) if self._buttons[code].hasFocus()), -1)
        following = codes[(at + step) % len(codes)]
        self._give_tab_stop(following)
        self._buttons[following].setFocus(Qt.FocusReason.TabFocusReason)

    def _fold(self) -> None:
        """Hide the later options that are off."""
        for code in self._later:
            self._buttons[code].setVisible(self._buttons[code].isChecked())
        self._more.setVisible(any(self._buttons[code].isHidden() for code in self._later))
        self.updateGeometry()

    def _show_rest(self) -> None:
        hidden = [code for code in self._later if self._buttons[code].isHidden()]
        for code in hidden:
            self._buttons[code].show()
        self._more.hide()
        self.updateGeometry()
        self._give_tab_stop(hidden[0])
        self._buttons[hidden[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, label: str) -> QPushButton:
        button = ArrowlessButton(label)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(label)
        button.clicked.connect(lambda: self.changed.emit(self.values()))
        self._flow.addWidget(button)
        return button

    def _give_tab_stop(self, stop: str) -> None:
        for code, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus)
        if stop:
            self.setFocusProxy(self._buttons[stop])
