"""What all our flowables share: they are drawn on a tagged canvas, and on no other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from reportlab.platypus.flowables import Flowable

from outreach_app.typesetting.canvas import TaggedCanvas


class TaggedFlowable(Flowable, ABC):
    """A ReportLab flowable whose subclasses implement ``wrap`` and ``paint``; all measures in points."""

    spaceAfter: float = 0.0  # ReportLab's name

    def draw(self) -> None:
        """Draw at the origin (called by ReportLab)."""
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            raise TypeError("shaped flowables need a TaggedCanvas")
        self.paint(canvas)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw with the lower left corner at ``x``, ``y``."""
        canvas.saveState()
        canvas.translate(x, y)
        self.paint(canvas)
        canvas.restoreState()

    @abstractmethod
    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw with the lower left corner of the flowable at the origin."""
