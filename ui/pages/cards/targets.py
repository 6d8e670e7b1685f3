"""The large targets of the cards: words of any language, in its own font and direction."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.icons import set_icon
from ui.models.cards import FAMILIES, CardTexts
from ui.widgets.buttons import ArrowlessButton, button

TARGET_POINTS = 20.0
TARGET_ICON = 32  # pixels


def huge_target(icon: str = "", *, arrows: bool = True) -> QPushButton:
    """Return a large button; without ``arrows`` they are left to the grid it stands in."""
    made = button("") if arrows else ArrowlessButton()
    made.setProperty("kind", "huge")
    if icon:
        set_icon(made, icon, size=TARGET_ICON)
    return made


def speaking(target: QPushButton, text: str, texts: CardTexts) -> QPushButton:
    """Let ``target`` say ``text`` in the language of ``texts``; return it."""
    font = target.font()
    font.setFamilies(list(FAMILIES[texts.words.script]))
    font.setPointSizeF(TARGET_POINTS)
    target.setFont(font)
    target.setText(text)
    target.setAccessibleName(text)
    right_to_left = texts.words.right_to_left
    target.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    return target
