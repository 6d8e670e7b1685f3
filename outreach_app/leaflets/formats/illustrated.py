"""Words with a picture where reading begins: left, or right where one reads from the right."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.pictures import Picture


class Illustrated(TaggedFlowable):
    """Parts one below the other, ``indent`` points in; the picture, if there is one, stands in that room at the top."""

    def __init__(self, parts: Sequence[TaggedFlowable], picture: Picture | None, *, indent: float, rtl: bool) -> None:
        super().__init__()
        self.parts = list(parts)
        self.picture = picture
        self.spaceAfter = self.parts[-1].spaceAfter
        self._indent = indent
        self._rtl = rtl

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = available_width
        self._text_height = stack_height(self.parts, available_width - self._indent)
        self.height = max(self._text_height, self.picture.height if self.picture else 0.0)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw picture and words."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw picture and words; text carries its own place, so nothing is moved."""
        top = y + self.height
        if self.picture:
            self.picture.wrap(0, 0)
            self.picture.paint_at(
                canvas, x + self.width - self.picture.width if self._rtl else x, top - self.picture.height
            )
        text_x = x if self._rtl else x + self._indent
        middle = (self.height - self._text_height) / 2  # one line beside a picture stands at its middle
        paint_stack(canvas, self.parts, text_x, top - middle, self.width - self._indent)
