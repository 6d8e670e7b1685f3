"""The same words in two languages facing each other, on one height, so that both can point at them."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height

Parts = Sequence[TaggedFlowable]


class Facing(TaggedFlowable):
    """Two columns of one width and a third between them for what needs no words, ``gap`` points from either.

    ``middled`` cells stand at the middle of the row, others at its top. All measures in points.
    """

    def __init__(
        self, hers: Parts, other: Parts, middle: Parts = (), *,
        middle_width: float, gap: float, hers_right: bool, middled: bool = False, space_after: float = 0.0,
    ) -> None:  # fmt: skip
        """``hers`` is read first and stands left, or right if ``hers_right``."""
        super().__init__()
        self.spaceAfter = space_after
        self._middle_width, self._gap = middle_width, gap
        self._columns = (hers, other, middle)
        self._hers_right, self._middled = hers_right, middled

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = available_width
        side = (available_width - self._middle_width) / 2 - self._gap
        self._widths = (side, side, self._middle_width)
        self._heights = [stack_height(parts, width) for parts, width in zip(self._columns, self._widths, strict=True)]
        self.height = max(self._heights)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw her words, then the others, then what stands between."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw her words, then the others, then what stands between; text carries its own place."""
        middle = x + self._widths[0] + self._gap
        right = middle + self._middle_width + self._gap
        starts = (right, x, middle) if self._hers_right else (x, right, middle)
        for parts, height, start, width in zip(self._columns, self._heights, starts, self._widths, strict=True):
            free = self.height - height if self._middled else 0.0
            paint_stack(canvas, parts, start, y + self.height - free / 2, width)
