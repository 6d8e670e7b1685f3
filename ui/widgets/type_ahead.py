"""Pick from a long list by typing two or three letters; the list stands below the line, worked with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

ROWS_SHOWN = 8
ROW_HEIGHT = 34
CLOSING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked: the caller's key, its label, and a quiet detail behind it."""

    key: str
    label: str
    detail: str = ""
    value: object = field(default=None, compare=False)


Finder = Callable[[str], Sequence[Choice]]


class TypeAhead(QLineEdit):
    """``finder`` is asked on each change of the text and answers at once; ``offer`` is for answers that come later.

    Up and Down move, Enter or Tab pick, Esc closes the list and keeps the text.
    """

    picked = Signal(object)  # Choice
    list_closed = Signal()

    def __init__(
        self, finder: Finder, parent: QWidget | None = None, *, placeholder: str = "", keep_text: bool = False,
        least_letters: int = 1,
    ) -> None:
        super().__init__(parent)
        self._finder = finder
        self._keep_text = keep_text
        self._least_letters = least_letters
        self._choices: tuple[Choice, ...] = ()
        self.setPlaceholderText(placeholder)
        self.setAccessibleDescription(placeholder)
        self._popup, self._list = _make_popup(self)
        self._list.itemClicked.connect(lambda item: self._pick(self._list.row(item)))
        self.textEdited.connect(self._ask)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these choices below the line; none closes the list."""
        self._choices = tuple(choices)
        self._list.clear()
        for choice in self._choices:
            item = QListWidgetItem(f"{choice.label}   {choice.detail}" if choice.detail else choice.label)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.label}, {choice.detail}".rstrip(", "))
            self._list.addItem(item)
        if not self._choices or not self.isVisible():
            self.close_list()
            return
        self._list.setCurrentRow(0)
        self._show_list()

    def offered(self) -> tuple[Choice, ...]:
        """Return what the open list holds."""
        return self._choices if self._popup.isVisible() else ()

    def close_list(self) -> None:
        """Take the list away; the text stays."""
        if self._popup.isVisible():
            self._popup.hide()
            self.list_closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._popup.isVisible():
            if event.key() == Qt.Key.Key_Down:
                self._ask(self.text(), least=0)
                return
            super().keyPressEvent(event)
            return
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab and self._popup.isVisible()
        ):
            self._pick(self._list.currentRow())
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window() and event.type() in CLOSING:
            self.close_list()
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt hands over a QFocusEvent
        self.close_list()

    def _ask(self, text: str, least: int | None = None) -> None:
        wanted = self._least_letters if least is None else least
        self.offer(self._finder(text) if len(text.strip()) >= wanted else ())

    def _pick(self, row: int) -> None:
        if not 0 <= row < len(self._choices):
            return
        choice = self._choices[row]
        self.close_list()
        self.setText(choice.label if self._keep_text else "")
        self.picked.emit(choice)

    def _show_list(self) -> None:
        rows = min(ROWS_SHOWN, self._list.count())
        widest = max(self._list.sizeHintForColumn(0) + 40, self.width())
        if self._popup.parentWidget() is not self.window():
            self._popup.setParent(self.window())
            self.window().installEventFilter(self)
        room = self.window().rect()
        at = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        height = rows * max(ROW_HEIGHT, self._list.sizeHintForRow(0)) + 8
        if at.y() + height > room.height():
            above = self.mapTo(self.window(), QPoint(0, 0)).y() - height - 2
            at.setY(above if above >= 0 else max(0, room.height() - height))
        width = min(widest, room.width() - 16)
        at.setX(max(8, min(at.x(), room.width() - width - 8)))
        self._popup.setGeometry(at.x(), at.y(), width, height)
        self._popup.show()
        self._popup.raise_()


def _make_popup(owner: QLineEdit) -> tuple[QFrame, QListWidget]:
    """Return a frame laid over the window (no window of its own, so that it never takes the keyboard)."""
    popup = QFrame(owner)
    popup.setProperty("kind", "raised")
    popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    popup.hide()
    rows = QListWidget(popup)
    rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows.setUniformItemSizes(True)
    rows.setFrameShape(QFrame.Shape.NoFrame)
    rows.setStyleSheet("QListWidget { border: none; padding: 0; background: transparent; }")
    column = QVBoxLayout(popup)
    column.setContentsMargins(3, 3, 3, 3)
    column.addWidget(rows)
    return popup, rows
