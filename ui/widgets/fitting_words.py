"""Words as large as their room allows, over several lines, never cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

MOST_HEIGHT = 16_777_215  # Qt's own "no limit"


class FittingWords(QLabel):
    """``sizes``: points, the largest first; the first that fits is used, the last in any case."""

    def __init__(self, sizes: Sequence[float], *, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = tuple(sizes)
        self._bold = bold
        self._families: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, text: str, families: Sequence[str]) -> None:
        """Show ``text`` in the first of ``families`` that has its letters."""
        self._families = tuple(families)
        self.setText(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self._font(self._sizes[-1])).lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(480, QFontMetrics(self._font(self._sizes[0])).lineSpacing())

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = (points for points in self._sizes if self._fits(self._font(points)))
        font = self._font(next(fitting, self._sizes[-1]))
        if font != self.font():
            self.setFont(font)

    def _fits(self, font: QFont) -> bool:
        room, metrics = self.contentsRect(), QFontMetrics(font)
        needed = metrics.boundingRect(
            QRect(0, 0, max(1, room.width()), MOST_HEIGHT), int(Qt.TextFlag.TextWordWrap), self.text()
        )
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        broken = "\u200b" not in self.text() and not _han(self.text()) and widest > room.width()
        return needed.height() <= room.height() and needed.width() <= room.width() and not broken

    def _font(self, points: float) -> QFont:
        font = QFont(self.font())
        if self._families:
            font.setFamilies(list(self._families))
        font.setPointSizeF(points)
        font.setBold(self._bold)
        return font


def _han(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in text)
