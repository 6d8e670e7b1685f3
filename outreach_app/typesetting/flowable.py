"""What all parts of a page share: they are wrapped to a width, then drawn on a tagged canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod

from outreach_app.typesetting.canvas import TaggedCanvas


class TaggedFlowable(ABC):
    """A part of a page; all measures in points. ``width`` and ``height`` hold after ``wrap``."""

    width: float = 0.0
    height: float = 0.0
    spaceAfter: float = 0.0  # what stays free below it, where something follows

    @abstractmethod
    def wrap(self, available_width: float, available_height: float, /) -> tuple[float, float]:
        """Return width and height in points for the room there is; the height is never used up."""

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw with the lower left corner at ``x``, ``y``."""
        canvas.saveState()
        canvas.translate(x, y)
        self.paint(canvas)
        canvas.restoreState()

    @abstractmethod
    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw with the lower left corner of the flowable at the origin."""
