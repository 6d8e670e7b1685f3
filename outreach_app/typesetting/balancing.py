"""A short text in lines of about the same length: no last line of one small word."""

from __future__ import annotations

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.paragraphs import ShapedText

_FINE_ENOUGH = 2.0  # points


class BalancedText(TaggedFlowable):
    """A paragraph set in as few lines as it needs, and those as even as its words allow."""

    def __init__(self, text: ShapedText) -> None:
        """Take the place of ``text`` in a stack."""
        super().__init__()
        self.text = text
        self.spaceAfter = text.spaceAfter
        self.width = -1.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return width and height in points; raises TextDoesNotFitError if a word is too wide."""
        if self.width != available_width:
            self.height = self.text.wrap(available_width, available_height)[1]
            self._inner = self._narrowest(available_width)
            self.text.wrap(self._inner, available_height)
            self.width = available_width
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the lines as one element."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw the lines as one element, where the whole width would have put them."""
        free = self.width - self._inner
        if self.text.style.align == "centre":
            x += free / 2
        elif self.text.style.rtl:
            x += free
        self.text.paint_at(canvas, x, y)

    def _narrowest(self, widest: float) -> float:
        """Return the smallest width that needs no more lines than ``widest``."""
        count = len(self.text.lines)
        low, high = (widest / count if count > 1 else widest), widest
        while high - low > _FINE_ENOUGH:
            middle = (low + high) / 2
            if self._lines_at(middle, count):
                high = middle
            else:
                low = middle
        return high

    def _lines_at(self, width: float, most: int) -> bool:
        try:
            return len(self.text.measured.lines(width / self.text.style.size)) <= most
        except TextDoesNotFitError:
            return False
