"""A drop-down of codes with their words; the wheel never changes it by accident."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

TYPING_PAUSE_MS = 1200  # after it, letters begin anew


class CodeBox(QComboBox):
    """Letters typed find an entry by the beginning of any of its words and choose it."""

    chosen = Signal(str)  # the code; only when a person chose

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
        self._typed = ""
        self._last_letter = QElapsedTimer()
        self.set_options(options)
        self.activated.connect(lambda _row: self.chosen.emit(self.value()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other (code, label) pairs; the choice stays if it is still offered."""
        before = self.value()
        self.clear()
        for code, label in options:
            self.addItem(label, code)
        self.set_value(before)

    def value(self) -> str:
        """Return the chosen code, or ""."""
        return str(self.currentData() or "")

    def set_value(self, code: str) -> None:
        """Choose without telling anyone; an unknown code chooses nothing."""
        self.setCurrentIndex(self.findData(code))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if not self._last_letter.isValid() or self._last_letter.hasExpired(TYPING_PAUSE_MS):
            self._typed = ""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and letter.isprintable() and (self._typed + letter).strip():
            self._last_letter.start()
            self._typed += letter
            self._choose_typed()
        else:
            super().keyPressEvent(event)

    def _choose_typed(self) -> None:
        wanted = f" {self._typed.casefold()}"
        row = next((row for row in range(self.count()) if wanted in f" {self.itemText(row).casefold()}"), -1)
        if row >= 0 and row != self.currentIndex():
            self.setCurrentIndex(row)
            self.chosen.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
