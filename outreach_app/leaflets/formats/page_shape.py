"""The measures of one kind of page: paper, margins, sizes of type, how large codes and pictures are."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.leaflets.look import CALM, Palette
from outreach_app.typesetting.pages import Frame, mm


@dataclass(frozen=True)
class PageShape:
    """All measures in points; ``title``, ``number`` and ``danger`` are factors of the body size.

    Body type on one page is ``largest`` if there is room, and shrinks to ``comfortable`` before a second page is begun.
    On several it may be as large as ``roomiest``, and shrinks to ``smallest`` before there is one more.
    """

    paper: tuple[float, float]
    side: float
    top: float
    bottom: float
    largest: float
    roomiest: float
    comfortable: float
    smallest: float
    small_print: float
    code: float
    picture: float
    title: float = 2.0
    number: float = 2.1
    danger: float = 2.9
    palette: Palette = CALM

    @property
    def width(self) -> float:
        """Return the width of the text."""
        return self.paper[0] - 2 * self.side

    def frame(self, footer_height: float) -> Frame:
        """Return where the text stands above a footer."""
        foot = self.bottom + footer_height + 4 * mm
        return Frame(self.side, foot, self.width, self.paper[1] - self.top - foot)
