"""Several things picked, shown as chips that can be taken away again."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_1
from ui.widgets.flow_layout import FlowLayout

LEAST_WIDTH = 60  # pixels; a chip asks its column for no more, so that long words do not push the rows beside it
NOT_WORDS = 38  # pixels: padding, frame, and the cross with its gap


class _Chip(QPushButton):
    """Words too long for the row end in an ellipsis; their beginning says what it is."""

    removed = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # may become narrower

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(LEAST_WIDTH, whole.width()), whole.height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        room = self.width() - NOT_WORDS
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class ChipRow(QWidget):
    """Each chip has the caller's key and a label; a click or Delete takes it away."""

    changed = Signal(object)  # tuple of keys
    removed = Signal(str)

    def __init__(self, removal_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._removal_words = removal_words
        self._chips: dict[str, _Chip] = {}
        self._flow = FlowLayout(self, SPACE_1)
        self.hide()

    def keys(self) -> tuple[str, ...]:
        """Return what is picked, in the order it was picked."""
        return tuple(self._chips)

    def chips(self) -> tuple[QPushButton, ...]:
        """Return the chips, for whoever orders Tab."""
        return tuple(self._chips.values())

    def add(self, key: str, label: str) -> None:
        """Add a chip; one that is there already stays where it is."""
        if key in self._chips:
            return
        self._insert(key, label)
        self.changed.emit(self.keys())

    def remove(self, key: str) -> None:
        """Take a chip away."""
        chip = self._chips.pop(key, None)
        if chip is None:
            return
        following = chip.nextInFocusChain() if chip.hasFocus() else None
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._show_if_any()
        self.updateGeometry()
        if following is not None:
            following.setFocus()
        self.removed.emit(key)
        self.changed.emit(self.keys())

    def set_all(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show these (key, label) pairs without telling anyone."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        for key, label in rows:
            self._insert(key, label)
        self._show_if_any()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._show_if_any()
        return super().event(event)

    def _show_if_any(self) -> None:
        if self.parentWidget() is not None:  # shown without a parent it would be a window
            self.setVisible(bool(self._chips))

    def _insert(self, key: str, label: str) -> None:
        chip = _Chip(label)
        chip.setProperty("kind", "chip")
        chip.setAutoDefault(False)
        directions = Qt.LayoutDirection  # the cross stands behind the words
        chip.setLayoutDirection(directions.LeftToRight if self.isRightToLeft() else directions.RightToLeft)
        set_icon(chip, "close", "muted", 12)
        chip.setAccessibleName(label)
        chip.setToolTip("\n".join(filter(None, (label, self._removal_words))))
        chip.clicked.connect(lambda: self.remove(key))
        chip.removed.connect(lambda: self.remove(key))
        self._chips[key] = chip
        self._flow.addWidget(chip)
        chip.show()
        self._show_if_any()
        self.updateGeometry()
