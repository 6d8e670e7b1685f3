"""Rows of a label, a bar and a number: plain bars for the eye, a table of two columns for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import ShapedText
from outreach_app.typesetting.tagging import Element

_PADDING, _GAP, _THICKNESS = 2.5, 8.0, 8.0
_SHARES = (0.42, 0.42, 0.16)  # of the width: label, bar, number


class Bars:
    """One table of bars; its rows are flowables of their own, so that a page may end between them."""

    def __init__(self, width: float, colour: Colour) -> None:
        room = width - _GAP * (len(_SHARES) - 1)
        self.widths = tuple(room * share for share in _SHARES)
        self.colour = colour
        self._element: Element | None = None

    def row(self, label: Sequence[ShapedText], number: Sequence[ShapedText], length: float) -> TaggedFlowable:
        """Return one row; ``length`` is from 0 (no bar) to 1 (the longest)."""
        return _BarRow(self, label, number, length)

    def element(self, canvas: TaggedCanvas) -> Element:
        """Return the table's own element, made when its first row is drawn."""
        self._element = self._element or canvas.element("Table")
        return self._element


class _BarRow(TaggedFlowable):
    def __init__(
        self, bars: Bars, label: Sequence[ShapedText], number: Sequence[ShapedText], length: float
    ) -> None:
        super().__init__()
        self._bars, self._label, self._number, self._length = bars, label, number, length

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        label, _bar, number = self._bars.widths
        self.width = available_width
        self.height = max(stack_height(self._label, label), stack_height(self._number, number)) + 2 * _PADDING
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the label, the bar as decoration, and the number."""
        label, bar, number = self._bars.widths
        row = canvas.element("TR", self._bars.element(canvas))
        self._paint_cell(canvas, self._label, canvas.element("TD", row), 0.0, label)
        if self._length:
            with canvas.decoration():
                canvas.setFillColorRGB(*self._bars.colour)
                low = (self.height - _THICKNESS) / 2
                canvas.rect(label + _GAP, low, bar * self._length, _THICKNESS, stroke=0, fill=1)
        self._paint_cell(canvas, self._number, canvas.element("TD", row), label + bar + 2 * _GAP, number)

    def _paint_cell(
        self, canvas: TaggedCanvas, cell: Sequence[ShapedText], element: Element, x: float, width: float
    ) -> None:
        with canvas.inside(element):
            paint_stack(canvas, cell, x, self.height - _PADDING, width)
