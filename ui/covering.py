"""Puts the cover over the window and takes it away again: nothing under it answers keys, and focus comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.cover import Cover, Dimmer


class Covering(QObject):
    """``under`` is disabled while covered, so that no shortcut reaches it; other windows of the program are hidden."""

    def __init__(self, cover: Cover, dimmer: Dimmer, under: QWidget, home: Callable[[], QWidget | None]) -> None:
        """``home`` gives the page for the keyboard where it was nowhere before (a window that began covered)."""
        super().__init__(under)
        self._cover = cover
        self._dimmer = dimmer
        self._under = under
        self._home = home
        self._focus: QWidget | None = None
        self._hidden: list[QWidget] = []

    @property
    def covered(self) -> bool:
        """Tell whether the cover stands."""
        return not self._cover.isHidden()

    def cover(self) -> None:
        """Cover now, within a tenth of a second."""
        if self.covered:
            return
        self._focus = QApplication.focusWidget()
        self._dimmer.set_dimmed(False)
        self._hide_others()
        self._cover.stand()
        self._under.setEnabled(False)

    def uncover(self) -> None:
        """Take the cover away; the keyboard goes back to where it was."""
        self._under.setEnabled(True)
        self._cover.hide()
        for other in self._hidden:
            other.show()
        self._hidden.clear()
        back_to = self._focus if self._focus is not None and isValid(self._focus) else self._home()
        if back_to is not None:
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_others(self) -> None:
        while (menu := QApplication.activePopupWidget()) is not None and menu.close():
            continue
        mine = self._under.window()
        self._hidden = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not mine]
        for other in self._hidden:
            other.hide()
