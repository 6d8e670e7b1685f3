"""Cover and lock also answer while a list hangs open, a dialog stands or the cover does: no shortcut is asked then.

Under the cover the cover's own key keeps it, pressed twice in a hurry, and the key to lock locks; any other goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.page import STANDS_FIRST

COVER = QKeyCombination(Qt.Key.Key_F12)
LOCK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


class AlwaysKeys(QObject):
    """An application-wide event filter; otherwise the keys are shortcuts like all others."""

    cover_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, app: QApplication, covered: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._covered = covered
        # nothing hangs open before the first page stands, and each event through here would delay that page
        QTimer.singleShot(STANDS_FIRST, self, lambda: app.installEventFilter(self))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not (self._covered() or _others_stand()):
            return False
        pressed = event.keyCombination()
        if pressed == COVER:
            self.cover_pressed.emit()
        elif pressed == LOCK:
            self.lock_pressed.emit()
        else:
            return False
        return True


def _others_stand() -> bool:
    return QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None
