"""A type-ahead field whose choices are numbered, so that one digit picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.type_ahead import Choice, Finder, TypeAhead

DIGITS = "12345678"
MOST = len(DIGITS)  # as many as the list shows without scrolling


class NumberedTypeAhead(TypeAhead):
    """The list opens as soon as the field has the keyboard; 1 to 8 pick a row, Alt and a letter pick the marked one."""

    picked_with = Signal(object, str)  # Choice, the letter pressed with Alt

    def __init__(
        self, finder: Finder, parent: QWidget | None = None, *, placeholder: str = "", least_letters: int = 0,
        letters: str = "",
    ) -> None:
        """``letters`` are those that, with Alt, pick the marked row and say which letter it was."""
        super().__init__(
            lambda typed: _numbered(finder(typed)), parent, placeholder=placeholder, least_letters=least_letters
        )
        self._letters = letters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = self.offered()
        key = event.text()
        if self._answers(event):
            choice = offered[self._list.currentRow()]
            self.close_list()
            self.clear()
            self.picked_with.emit(_plain(choice), _letter(event))
        elif offered and len(key) == 1 and key in DIGITS and int(key) <= len(offered):
            self._pick(int(key) - 1)
        else:
            super().keyPressEvent(event)

    def _answers(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return alt and bool(self.offered()) and _letter(event) in set(self._letters)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            kind, key = event.type(), event.key()
            if kind == QEvent.Type.ShortcutOverride and self._answers(event):
                event.accept()  # otherwise a button with the same letter would take it
                return True
            if kind == QEvent.Type.KeyPress and key == Qt.Key.Key_Tab and not self.text().strip():
                self.close_list()  # nothing was typed, so nothing is meant
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._ask(self.text())

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._choices):
            self._choices = tuple(map(_plain, self._choices))
        super()._pick(row)


def _numbered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(
        replace(choice, label=f"{number}  {choice.label}", value=choice.label)
        for number, choice in enumerate(choices[:MOST], start=1)
    )


def _plain(choice: Choice) -> Choice:
    return replace(choice, label=str(choice.value)) if choice.value is not None else choice


def _letter(event: QKeyEvent) -> str:
    key = event.key()
    return chr(key).lower() if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
