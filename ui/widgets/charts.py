"""Plain charts with their numbers on them: bars, one below the other, and a line over days or weeks.

Never colour alone: each bar has its name and its number beside it, and a screen reader hears all of them as a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import current_tokens

ROW_HEIGHT = 26
BAR_HEIGHT = 12
GAP = 10
LABEL_SHARE = 0.4  # of the width, at most
LINE_HEIGHT = 150
DOT = 3.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: its name, how long its bar is (None: none, the number is not shown), and the number as written.

    Without a number nothing is told yet: a day that has not come.
    """

    name: str
    value: float | None
    number: str


class Chart(QWidget):
    """What both kinds have in common: the bars, the sentence a screen reader hears, and a size of its own."""

    def __init__(self, name: str, bars: Sequence[Bar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_bars(bars)

    def bars(self) -> tuple[Bar, ...]:
        """Return what is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these values."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(self._told()))
        self.setVisible(bool(self._bars))
        self.updateGeometry()
        self.update()

    def _told(self) -> list[str]:
        return [f"{bar.name}: {bar.number}" for bar in self._bars if bar.number]

    def _longest(self) -> float:
        return max((bar.value or 0 for bar in self._bars), default=0) or 1


class BarChart(Chart):
    """Bars below each other; a name too long for its room ends in dots and stands whole in the tooltip."""

    def sizeHint(self) -> QSize:
        return QSize(320, ROW_HEIGHT * len(self._bars))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        super().show_bars(bars)
        self.setFixedHeight(max(1, ROW_HEIGHT * len(self._bars)))
        self.setToolTip("\n".join(self._told()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        names = min(self._widest(metrics, [bar.name for bar in self._bars]), int(self.width() * LABEL_SHARE))
        numbers = self._widest(metrics, [bar.number for bar in self._bars])
        room = max(1, self.width() - names - numbers - 2 * GAP)
        for place, bar in enumerate(self._bars):
            self._draw(painter, bar, place * ROW_HEIGHT, (names, room))
        painter.end()

    def _draw(self, painter: QPainter, bar: Bar, top: int, widths: tuple[int, int]) -> None:
        tokens, (names, room) = current_tokens(), widths
        painter.setPen(QColor(tokens.text))
        shown = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, names)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._turned(0, top, names), middle | self._side(), shown)
        length = room * (bar.value or 0) / self._longest()
        low = top + (ROW_HEIGHT - BAR_HEIGHT) / 2
        painter.fillRect(self._turned(names + GAP, low, length, BAR_HEIGHT), QColor(tokens.accent))
        painter.setPen(QColor(tokens.text if bar.value is not None else tokens.muted))
        painter.drawText(self._turned(names + GAP + length + GAP, top, room), middle | self._side(), bar.number)

    def _turned(self, left: float, top: float, width: float, height: float = ROW_HEIGHT) -> QRectF:
        """Return a part of the row, from the right where reading begins there."""
        begin = self.width() - left - width if self.isRightToLeft() else left
        return QRectF(begin, top, width, height)

    def _side(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft

    @staticmethod
    def _widest(metrics: QFontMetrics, texts: Sequence[str]) -> int:
        return max((metrics.horizontalAdvance(text) + 2 for text in texts), default=0)


class LineChart(Chart):
    """A line from point to point with the number over each; it breaks where a number is not shown."""

    def sizeHint(self) -> QSize:
        return QSize(480, LINE_HEIGHT)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        super().show_bars(bars)
        self.setFixedHeight(LINE_HEIGHT)
        self.setToolTip("\n".join(self._told()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = current_tokens()
        metrics = painter.fontMetrics()
        self._top, self._foot = metrics.height() + 8, self.height() - metrics.height() - 8
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(0, self._foot, self.width(), self._foot)
        points = [self._point(place) for place in range(len(self._bars))]
        painter.setPen(QPen(QColor(tokens.accent), 1.75))
        for one, other in pairwise(points):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        self._write(painter, points)
        painter.end()

    def _point(self, place: int) -> QPointF | None:
        value = self._bars[place].value
        if value is None:
            return None
        return QPointF(self._x(place), self._foot - (self._foot - self._top) * value / self._longest())

    def _x(self, place: int) -> float:
        step = self.width() / max(1, len(self._bars))
        x = step * (place + 0.5)
        return self.width() - x if self.isRightToLeft() else x

    def _write(self, painter: QPainter, points: Sequence[QPointF | None]) -> None:
        """Write numbers over the points and names below them, as many as there is room for."""
        metrics, tokens = painter.fontMetrics(), current_tokens()
        names, numbers = self._each(metrics, "name"), self._each(metrics, "number")
        for place, (bar, point) in enumerate(zip(self._bars, points, strict=True)):
            if point is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent))
                painter.drawEllipse(point, DOT, DOT)
            if place % numbers == 0:
                y = (self._foot if point is None else point.y()) - metrics.height() - 6
                self._centre(painter, bar.number, (place, y), tokens.muted if point is None else tokens.text)
            if place % names == 0:
                self._centre(painter, bar.name, (place, self._foot + 5), tokens.muted)

    def _each(self, metrics: QFontMetrics, what: str) -> int:
        """Return that every so many-th of the names or numbers has room."""
        step = max(1, self.width() // max(1, len(self._bars)))
        widest = max(metrics.horizontalAdvance(getattr(bar, what)) for bar in self._bars) + GAP
        return max(1, -(-widest // step))

    def _centre(self, painter: QPainter, text: str, at: tuple[int, float], colour: str) -> None:
        place, top = at
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text) + GAP
        left = min(max(0.0, self._x(place) - wide / 2), max(0.0, self.width() - wide))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(left, top, wide, metrics.height()), Qt.AlignmentFlag.AlignCenter, text)
