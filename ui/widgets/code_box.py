"""A drop-down of codes with their words; the wheel never changes it by accident."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget


class CodeBox(QComboBox):
    """Letters jump to an entry, as in any list."""

    chosen = Signal(str)  # the code; only when a person chose

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
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

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
