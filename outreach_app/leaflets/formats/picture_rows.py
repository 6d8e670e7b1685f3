"""Cells of equal width side by side: drawings with their words, from the side where reading begins."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height

Cell = Sequence[TaggedFlowable]


class PictureRow(TaggedFlowable):
    """One row of a grid; a row with fewer cells than ``columns`` stands in the middle. Measures in points."""

    def __init__(self, cells: Sequence[Cell], columns: int, *, gap: float, rtl: bool, space_after: float = 0.0) -> None:
        """Take one stack of parts for each cell."""
        super().__init__()
        self.spaceAfter = space_after
        self._cells, self._columns, self._gap, self._rtl = cells, columns, gap, rtl

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = available_width
        self._cell_width = (available_width - self._gap * (self._columns - 1)) / self._columns
        self.height = max(stack_height(cell, self._cell_width) for cell in self._cells)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the cells in the order of reading."""
        pitch = self._cell_width + self._gap
        left = (self._columns - len(self._cells)) * pitch / 2
        places = [left + place * pitch for place in range(len(self._cells))]
        for cell, x in zip(self._cells, places[::-1] if self._rtl else places, strict=True):
            paint_stack(canvas, cell, x, self.height, self._cell_width)
