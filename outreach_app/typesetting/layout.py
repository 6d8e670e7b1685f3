"""Putting flowables together: one below the other, on a coloured panel, beside a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.operators import Colour

WHITE: Colour = (1.0, 1.0, 1.0)


def stack_height(parts: Sequence[TaggedFlowable], width: float) -> float:
    """Return the height of ``parts`` one below the other, in points; each is wrapped to ``width``."""
    heights = [part.wrap(width, 0)[1] for part in parts]
    return sum(heights) + sum(part.spaceAfter for part in parts[:-1])


def paint_stack(canvas: TaggedCanvas, parts: Sequence[TaggedFlowable], x: float, top: float, width: float) -> None:
    """Draw ``parts`` one below the other; the first begins at height ``top``."""
    for part in parts:
        height = part.wrap(width, 0)[1]
        part.paint_at(canvas, x, top - height)
        top -= height + part.spaceAfter


class Stack(TaggedFlowable):
    """Parts that stay together on one page."""

    def __init__(self, parts: Sequence[TaggedFlowable], *, space_after: float = 0.0) -> None:
        super().__init__()
        self.parts = list(parts)
        self.spaceAfter = space_after

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width, self.height = available_width, stack_height(self.parts, available_width)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the parts from the top."""
        paint_stack(canvas, self.parts, 0, self.height, self.width)


class Beside(TaggedFlowable):
    """Parts with one picture at the end of the line: right, or left where one reads from the right."""

    def __init__(
        self,
        parts: Sequence[TaggedFlowable],
        picture: Sequence[TaggedFlowable],
        *,
        picture_width: float,
        gap: float,
        rtl: bool,
    ) -> None:
        super().__init__()
        self.parts = list(parts)
        self.picture = list(picture)
        self._picture_width = picture_width
        self._gap = gap
        self._rtl = rtl

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = available_width
        self._text_width = available_width - self._picture_width - self._gap
        self._text_height = stack_height(self.parts, self._text_width)
        self._picture_height = stack_height(self.picture, self._picture_width)
        self.height = max(self._text_height, self._picture_height)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the text first: it is read first."""
        text_x = self._picture_width + self._gap if self._rtl else 0.0
        picture_x = 0.0 if self._rtl else self._text_width + self._gap
        middle = (self.height - self._picture_height) / 2
        paint_stack(canvas, self.parts, text_x, self.height - (self.height - self._text_height) / 2, self._text_width)
        paint_stack(canvas, self.picture, picture_x, self.height - middle, self._picture_width)


@dataclass(frozen=True)
class PanelLook:
    """Colours and measures (points) of a panel; ``bar`` colours the edge where reading begins."""

    fill: Colour
    bar: Colour
    padding: float = 12.0
    radius: float = 6.0
    bar_width: float = 5.0


class Panel(TaggedFlowable):
    """Parts on a coloured ground with a bar at the edge where reading begins."""

    def __init__(
        self, parts: Sequence[TaggedFlowable], look: PanelLook, *, rtl: bool, space_after: float = 0.0
    ) -> None:
        super().__init__()
        self.parts = list(parts)
        self.spaceAfter = space_after
        self._look = look
        self._rtl = rtl

    def _inner_width(self, width: float) -> float:
        return width - 2 * self._look.padding - self._look.bar_width

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = available_width
        self.height = stack_height(self.parts, self._inner_width(available_width)) + 2 * self._look.padding
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the ground as decoration, then the parts."""
        look = self._look
        with canvas.decoration():
            canvas.saveState()
            ground = canvas.beginPath()
            ground.roundRect(0, 0, self.width, self.height, look.radius)
            canvas.clipPath(ground, stroke=0, fill=0)
            canvas.setFillColorRGB(*look.fill)
            canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
            canvas.setFillColorRGB(*look.bar)
            bar_x = self.width - look.bar_width if self._rtl else 0.0
            canvas.rect(bar_x, 0, look.bar_width, self.height, stroke=0, fill=1)
            canvas.restoreState()
        x = look.padding + (0.0 if self._rtl else look.bar_width)
        paint_stack(canvas, self.parts, x, self.height - look.padding, self._inner_width(self.width))


class Rule(TaggedFlowable):
    """A thin line, decoration only."""

    def __init__(self, colour: Colour, *, thickness: float = 0.75, space_after: float = 0.0) -> None:
        super().__init__()
        self._colour = colour
        self._thickness = thickness
        self.spaceAfter = space_after

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width, self.height = available_width, self._thickness
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the line."""
        with canvas.decoration():
            canvas.setFillColorRGB(*self._colour)
            canvas.rect(0, 0, self.width, self._thickness, stroke=0, fill=1)


class UprightRule(TaggedFlowable):
    """A thin upright line ``height`` points long, decoration only; it stands on either side of its place."""

    def __init__(self, colour: Colour, height: float, *, thickness: float = 0.75) -> None:
        super().__init__()
        self._colour = colour
        self.width, self.height = thickness, height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the line."""
        with canvas.decoration():
            canvas.setFillColorRGB(*self._colour)
            canvas.rect(-self.width / 2, 0, self.width, self.height, stroke=0, fill=1)
