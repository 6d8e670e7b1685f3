"""Tables whose rows may go on on the next page, their columns in the order of reading; and ruled lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Rule, UprightRule, paint_stack, stack_height
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import ShapedText
from outreach_app.typesetting.tagging import Element

_GAP, _PADDING = 8.0, 3.0
_WRITING_HEIGHT = 22.0


Cell = Sequence[TaggedFlowable]


@dataclass(frozen=True)
class TableLook:
    """Colours and measures (points): a line under each row, one between columns, the gap between columns."""

    line: Colour | None
    divider: Colour | None = None
    gap: float = _GAP
    padding: float = _PADDING
    rtl: bool = False  # the first column stands at the right


class Table:
    """Columns of one width each, in points; its rows are flowables of their own, so that a page may end between."""

    def __init__(self, shares: Sequence[float], width: float, most_lines: int, look: TableLook) -> None:
        """``shares`` says how wide the columns are to each other; ``most_lines`` of a cell stay together."""
        room = width - look.gap * (len(shares) - 1)
        self.widths = tuple(room * share / sum(shares) for share in shares)
        self.look = look
        self._most = most_lines
        self._element: Element | None = None

    def starts(self, width: float) -> list[float]:
        """Return where each column begins, from the left of a table ``width`` points wide."""
        before = [sum(self.widths[:place]) + self.look.gap * place for place in range(len(self.widths))]
        if not self.look.rtl:
            return before
        return [width - x - own for x, own in zip(before, self.widths, strict=True)]

    def rows_of(self, cells: Sequence[Cell], *, tag: str) -> list[TaggedFlowable]:
        """Return one row, in as many pieces as its longest cell needs; none for no cells."""
        columns = [self._pieces(cell, width) for cell, width in zip(cells, self.widths, strict=False)]
        count = max((len(column) for column in columns), default=0)
        rows: list[TaggedFlowable] = []
        for place in range(count):
            parts = [column[place] if place < len(column) else [] for column in columns]
            rows.append(_Row(self, parts, tag, last=place == count - 1))
        return rows

    def element(self, canvas: TaggedCanvas) -> Element:
        """Return the table's own element, made when its first row is drawn."""
        self._element = self._element or canvas.element("Table")
        return self._element

    def _pieces(self, cell: Cell, width: float) -> list[list[TaggedFlowable]]:
        found: list[list[TaggedFlowable]] = [[]]
        lines = 0
        for part in cell:
            for piece, own in _cut(part, width, self._most):
                if found[-1] and lines + own > self._most:
                    found.append([])
                    lines = 0
                found[-1].append(piece)
                lines += own
        return found


def _cut(part: TaggedFlowable, width: float, most: int) -> list[tuple[TaggedFlowable, int]]:
    """Return the pieces of a cell's part with their lines; what is no text stays whole and counts as a line."""
    if isinstance(part, ShapedText):
        return [(piece, len(piece.lines)) for piece in part.pieces(width, most)]
    return [(part, 1)]


class _Row(TaggedFlowable):
    """Cells side by side, with a line below where the row ends."""

    def __init__(self, table: Table, cells: Sequence[Cell], tag: str, *, last: bool) -> None:
        super().__init__()
        self._table, self._cells, self._tag, self._last = table, cells, tag, last

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        heights = [stack_height(cell, width) for cell, width in zip(self._cells, self._table.widths, strict=False)]
        padding = self._table.look.padding
        self.width, self.height = available_width, max(heights) + (2 * padding if self._last else padding)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the cells in the order of reading, then the lines."""
        table, look = self._table, self._table.look
        row = canvas.element("TR", table.element(canvas))
        starts = table.starts(self.width)
        for cell, x, width in zip(self._cells, starts, table.widths, strict=False):
            with canvas.inside(canvas.element(self._tag, row)):
                paint_stack(canvas, cell, x, self.height - look.padding, width)
        if look.divider is not None:
            for x in sorted(starts)[1:]:
                UprightRule(look.divider, self.height).paint_at(canvas, x - look.gap / 2, 0)
        if look.line is not None and self._last:
            rule = Rule(look.line)
            rule.wrap(self.width, 0)
            rule.paint_at(canvas, 0, 0)


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
