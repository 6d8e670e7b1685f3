"""Tables whose rows may go on on the next page, and ruled lines to write on."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Rule, stack_height
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import ShapedText
from outreach_app.typesetting.tagging import Element

_GAP, _PADDING = 8.0, 3.0
_WRITING_HEIGHT = 22.0


class Table:
    """Columns of one width each, in points; its rows are flowables of their own, so that a page may end between."""

    def __init__(self, shares: Sequence[float], width: float, most_lines: int, line: Colour) -> None:
        """``shares`` says how wide the columns are to each other; ``most_lines`` of a cell stay together."""
        room = width - _GAP * (len(shares) - 1)
        self.widths = tuple(room * share / sum(shares) for share in shares)
        self._most = most_lines
        self._line = line
        self._element: Element | None = None

    def rows_of(self, cells: Sequence[Sequence[ShapedText]], *, tag: str) -> list[TaggedFlowable]:
        """Return one row, in as many pieces as its longest cell needs; none for no cells."""
        columns = [self._pieces(cell, width) for cell, width in zip(cells, self.widths, strict=False)]
        count = max((len(column) for column in columns), default=0)
        rows: list[TaggedFlowable] = []
        for place in range(count):
            parts = [column[place] if place < len(column) else [] for column in columns]
            rule = Rule(self._line) if place == count - 1 else None
            rows.append(_Row(self, parts, tag, rule))
        return rows

    def element(self, canvas: TaggedCanvas) -> Element:
        """Return the table's own element, made when its first row is drawn."""
        self._element = self._element or canvas.element("Table")
        return self._element

    def _pieces(self, cell: Sequence[ShapedText], width: float) -> list[list[ShapedText]]:
        found: list[list[ShapedText]] = [[]]
        for paragraph in cell:
            for piece in paragraph.pieces(width, self._most):
                lines = sum(len(each.lines) for each in found[-1])
                if found[-1] and lines + len(piece.lines) > self._most:
                    found.append([])
                found[-1].append(piece)
        return found


class _Row(TaggedFlowable):
    """Cells side by side, with a line below where the row ends."""

    def __init__(self, table: Table, cells: Sequence[Sequence[ShapedText]], tag: str, rule: Rule | None) -> None:
        super().__init__()
        self._table, self._cells, self._tag, self._rule = table, cells, tag, rule

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        heights = [stack_height(cell, width) for cell, width in zip(self._cells, self._table.widths, strict=False)]
        padding = 2 * _PADDING if self._rule else _PADDING
        self.width, self.height = available_width, max(heights) + padding
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the cells from the left, then the line."""
        row = canvas.element("TR", self._table.element(canvas))
        x = 0.0
        for cell, width in zip(self._cells, self._table.widths, strict=False):
            self._paint_cell(canvas, cell, canvas.element(self._tag, row), x, width)
            x += width + _GAP
        if self._rule is not None:
            self._rule.wrap(self.width, 0)
            self._rule.paint_at(canvas, 0, 0)

    def _paint_cell(
        self, canvas: TaggedCanvas, cell: Sequence[ShapedText], element: Element, x: float, width: float
    ) -> None:
        top = self.height - _PADDING
        for part in cell:
            part.parent = element
            part.paint_at(canvas, x, top - part.wrap(width, 0)[1])
            top -= part.height + part.spaceAfter


class WritingLines(TaggedFlowable):
    """Lines to write on by hand, decoration only."""

    def __init__(self, count: int, colour: Colour, *, space_after: float = 0.0) -> None:
        super().__init__()
        self._count, self._rule = count, Rule(colour)
        self.spaceAfter = space_after

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width, self.height = available_width, self._count * _WRITING_HEIGHT
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the lines."""
        self._rule.wrap(self.width, 0)
        for place in range(self._count):
            self._rule.paint_at(canvas, 0, place * _WRITING_HEIGHT)
