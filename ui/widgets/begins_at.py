"""Hands the keyboard on to the field where one begins, and leaves what stands before it within reach of Tab."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class BeginsAt(QWidget):
    """With a focus proxy of Qt's a widget is a stop for Tab itself: going round, Tab passes all before the proxy."""

    _first: QWidget | None = None

    def setFocusProxy(self, first: QWidget | None) -> None:
        """Name the field that gets the keyboard when this is given it."""
        self._first = first

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())
