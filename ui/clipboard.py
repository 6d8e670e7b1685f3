"""What is copied here is gone from the clipboard after ten seconds and at each lock; selecting copies nothing.

Programs that keep a history of the clipboard are asked to leave it out, by the marks that Windows and KDE know.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_SECONDS = 10
NOT_FOR_A_HISTORY = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
_MARK = next(iter(NOT_FOR_A_HISTORY))


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
        if not (self._clipboard.ownsClipboard() and self._clipboard.text()):
            return
        self._timer.start()
        if not self._clipboard.mimeData().hasFormat(_MARK):
            self._clipboard.setMimeData(marked(self._clipboard.text()))

    def _selected(self) -> None:
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)


def marked(text: str) -> QMimeData:
    """Return the text as it lies on the clipboard, with the marks against histories."""
    content = QMimeData()
    content.setText(text)
    for name, value in NOT_FOR_A_HISTORY.items():
        content.setData(name, value)
    return content
