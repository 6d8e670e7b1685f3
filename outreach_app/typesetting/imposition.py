"""Ten cards on one sheet of A4, with marks that show where to cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, Frame, mm

_MARK_LENGTH = 4 * mm
_MARK_DISTANCE = 1 * mm
_MARK_THICKNESS = 0.25


@dataclass(frozen=True)
class CardSheet:
    """A grid of equal cards in the middle of a page; all measures in points."""

    card_width: float
    card_height: float
    columns: int
    rows: int
    page: tuple[float, float] = A4

    def cards(self) -> list[Frame]:
        """Return where each card lies, from the upper left one on."""
        left, bottom = self._corner()
        return [
            Frame(left + column * self.card_width, bottom + row * self.card_height, self.card_width, self.card_height)
            for row in reversed(range(self.rows))
            for column in range(self.columns)
        ]

    def _corner(self) -> tuple[float, float]:
        across = self.page[0] - self.columns * self.card_width
        upright = self.page[1] - self.rows * self.card_height
        return across / 2, upright / 2

    def crop_marks(self) -> list[tuple[float, float, float, float]]:
        """Return lines outside the cards, as x1, y1, x2, y2, that point at every edge to be cut."""
        left, bottom = self._corner()
        right, top = left + self.columns * self.card_width, bottom + self.rows * self.card_height
        near, far = _MARK_DISTANCE, _MARK_DISTANCE + _MARK_LENGTH
        marks = []
        for column in range(self.columns + 1):
            x = left + column * self.card_width
            marks += [(x, bottom - far, x, bottom - near), (x, top + near, x, top + far)]
        for row in range(self.rows + 1):
            y = bottom + row * self.card_height
            marks += [(left - far, y, left - near, y), (right + near, y, right + far, y)]
        return marks


WALLET_SHEET = CardSheet(card_width=85 * mm, card_height=55 * mm, columns=2, rows=5)


def set_cards(canvas: TaggedCanvas, sheet: CardSheet, paint_card: Callable[[TaggedCanvas, Frame], None]) -> None:
    """Draw one page of equal cards; a screen reader meets the first and passes over its copies."""
    first, *others = sheet.cards()
    paint_card(canvas, first)
    with canvas.copies():
        for card in others:
            paint_card(canvas, card)
    with canvas.decoration():
        canvas.setLineWidth(_MARK_THICKNESS)
        canvas.lines(sheet.crop_marks())
    canvas.showPage()
