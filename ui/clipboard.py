"""What is copied here is gone from the clipboard after ten seconds and at each lock; selecting copies nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_SECONDS = 10


class ClipboardGuard(QObject):
    """Watches the clipboard and empties it only when the content came from this program."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._copied)
        if clipboard.supportsSelection():
            clipboard.selectionChanged.connect(self._selected)

    def clear(self) -> None:
        """Empty the clipboard if this program filled it."""
        self._timer.stop()
        if self._clipboard.ownsClipboard() and self._clipboard.text():
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._selected()

    def _copied(self) -> None:
        if self._clipboard.ownsClipboard() and self._clipboard.text():
            self._timer.start()

    def _selected(self) -> None:
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
