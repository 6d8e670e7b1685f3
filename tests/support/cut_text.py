"""Finds words that are cut off or that lie over each other on what is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

MAY_BREAK = "\u200b"


def cut_texts(window: QWidget) -> list[str]:
    """Return the texts of visible labels and buttons that have less room than they need."""
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton) or not part.text():
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            short = part.height() + 1 < part.heightForWidth(part.width()) or _longest_word(part) > part.width()
        else:
            short = part.width() + 1 < part.minimumSizeHint().width() or part.height() + 1 < part.minimumSizeHint().height()
        if short or not _inside(part):
            found.append(f"{part.text()!r} {part.width()}x{part.height()} needs {part.minimumSizeHint().toTuple()}")
    return found + _overlapping(window)


def _overlapping(window: QWidget) -> list[str]:
    """Return pairs of words with the same parent that lie over each other."""
    shown = [part for part in window.findChildren(QLabel) if part.isVisible() and part.text()]
    return [
        f"{one.text()!r} over {other.text()!r}"
        for at, one in enumerate(shown)
        for other in shown[at + 1 :]
        if one.parent() is other.parent() and one.geometry().adjusted(2, 2, -2, -2).intersects(other.geometry())
    ]


def _longest_word(label: QLabel) -> int:
    return max((label.fontMetrics().horizontalAdvance(word) for word in label.text().replace("&", "").replace(MAY_BREAK, " ").split()), default=0)


def _inside(part: QWidget) -> bool:
    """Tell whether its parent shows it whole, sideways; downwards a scroll area may go on."""
    parent = part.parentWidget()
    return parent is None or QRect(0, 0, parent.width(), 10_000).contains(part.geometry().adjusted(1, 1, -1, -1))
