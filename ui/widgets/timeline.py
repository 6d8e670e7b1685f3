"""A small timeline: steps side by side, those reached filled, each with its date below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import current_tokens

STEP_WIDTH, GAP = 112, 18  # pixels: the least of a step, and what parts the words of two
HEIGHT = 62
DOT = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """``tone`` is accent, calm, notice or urgent for a step that was reached; empty for one that was not."""

    name: str
    when: str = ""
    tone: str = ""


class Timeline(QWidget):
    """Never colour alone: a reached step is filled and has a date."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._step_width = STEP_WIDTH
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown."""
        return self._steps

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps; a screen reader hears them as one sentence."""
        self._steps = tuple(steps)
        self.setAccessibleName(", ".join(f"{step.name} {step.when}".strip() for step in self._steps if step.tone))
        texts = (text for step in self._steps for text in (step.name, step.when))
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        self._step_width = max(STEP_WIDTH, widest + GAP)
        self.setMinimumWidth(self._step_width * len(self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._step_width * len(self._steps), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = current_tokens()
        for place, step in enumerate(self._steps):
            left = place * self._step_width
            x = self.width() - left - DOT * 2 if self.isRightToLeft() else left + DOT * 2
            if place + 1 < len(self._steps):
                reached = bool(self._steps[place + 1].tone)
                painter.setPen(QPen(QColor(tokens.accent if reached else tokens.line), 1.5))
                end = x + self._step_width * (-1 if self.isRightToLeft() else 1)
                painter.drawLine(int(x), 10, int(end), 10)
            colour = QColor(getattr(tokens, step.tone)) if step.tone else QColor(tokens.field_line)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if step.tone else QColor(tokens.surface))
            painter.drawEllipse(QRectF(x - DOT, 10 - DOT, DOT * 2, DOT * 2))
            self._write(painter, step, left)
        painter.end()

    def _write(self, painter: QPainter, step: Step, left: int) -> None:
        tokens = current_tokens()
        rtl = self.isRightToLeft()
        at = self.width() - left - self._step_width if rtl else left
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        room = self._step_width - 6
        for top, text, colour in ((20, step.name, tokens.text), (39, step.when, tokens.muted)):
            painter.setPen(QColor(colour if step.tone else tokens.muted))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(at, top, room, 21), side, shown)
