"""Buttons in their kinds; each says its key in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.icons import set_icon

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PlainButton(QPushButton):
    """Enter presses it like Space; Qt keeps Enter for the one default button of a dialog."""

    def setText(self, text: str) -> None:
        """Say something else; the key stays, and what is read out and shown as tooltip goes along."""
        before, now, key = self.text().replace("&", ""), text.replace("&", ""), self.shortcut()
        super().setText(text)
        if not key.isEmpty():
            self.setShortcut(key)  # Qt drops it with the old text
        if before and self.accessibleName() == before:
            self.setAccessibleName(now)
            if self.toolTip().startswith(before):
                self.setToolTip(now + self.toolTip().removeprefix(before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and event.key() in ENTERS:
            if not event.isAutoRepeat():  # a key held down is one press
                self.click()
            return
        super().keyPressEvent(event)


class ArrowlessButton(PlainButton):
    """Leaves the arrow keys to the row it stands in; Qt would move the focus anywhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)


def button(text: str, key: str = "", *, kind: str = "", icon: str = "") -> QPushButton:
    """Return a push button; ``kind`` is "", "primary" or "quiet"; ``key`` also works from anywhere in the window."""
    made = PlainButton(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        set_icon(made, icon, {"primary": "on_accent", "quiet": "accent"}.get(kind, "text"))
    give_key(made, key, text)
    return made


def primary_button(text: str, key: str = "", *, icon: str = "") -> QPushButton:
    """Return the one button that goes on."""
    return button(text, key, kind="primary", icon=icon)


def quiet_button(text: str, key: str = "", *, icon: str = "") -> QPushButton:
    """Return a button that stays in the background."""
    return button(text, key, kind="quiet", icon=icon)


def icon_button(icon: str, name: str, key: str = "") -> QToolButton:
    """Return a button that shows only an icon; ``name`` is read out and shown as its tooltip."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setMinimumSize(32, 32)
    set_icon(made, icon)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    give_key(made, key, name)
    return made


def give_key(made: QPushButton | QToolButton, key: str, name: str) -> None:
    """Let ``key`` (for example "Ctrl+L") press the button, and say so in its tooltip."""
    plain = name.replace("&", "")
    if not made.accessibleName():
        made.setAccessibleName(plain)
    if not key:
        if isinstance(made, QToolButton):
            made.setToolTip(plain)
        return
    sequence = QKeySequence(key)
    made.setShortcut(sequence)
    made.setToolTip(f"{plain} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})")
