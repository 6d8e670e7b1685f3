"""Where equal parts lie on a sheet of A4: cards with their backs, folded panels, strips to tear off; cut marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.lib.pagesizes import landscape

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, Frame, mm

_MARK_LENGTH = 4 * mm
_MARK_DISTANCE = 1 * mm
_MARK_THICKNESS = 0.25
_DASHES = (3, 3)

Line = tuple[float, float, float, float]  # x1, y1, x2, y2
PaintPart = Callable[[TaggedCanvas, Frame], None]


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

    def backs(self) -> list[Frame]:
        """Return where the back of each card lies once the paper is turned over its long edge, in their order."""
        return [Frame(self.page[0] - card.x - card.width, card.y, card.width, card.height) for card in self.cards()]

    def _corner(self) -> tuple[float, float]:
        across = self.page[0] - self.columns * self.card_width
        upright = self.page[1] - self.rows * self.card_height
        return across / 2, upright / 2

    def crop_marks(self) -> list[Line]:
        """Return lines outside the cards that point at every edge to be cut."""
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


@dataclass(frozen=True)
class FoldedSheet:
    """A page folded into upright panels of one width, like the letter Z; all measures in points."""

    panels: int
    page: tuple[float, float]
    margin: float  # of each panel, at its sides
    mark_from: float  # of the page's edge: where a fold mark begins
    mark_length: float

    @property
    def panel_width(self) -> float:
        """Return the width of one panel."""
        return self.page[0] / self.panels

    def frames(self, foot: float, head: float, *, rtl: bool) -> list[Frame]:
        """Return the room for text on each panel in the order of reading; ``foot`` and ``head`` are left free."""
        width, height = self.panel_width, self.page[1] - foot - head
        from_left = [Frame(i * width + self.margin, foot, width - 2 * self.margin, height) for i in range(self.panels)]
        return from_left[::-1] if rtl else from_left

    def fold_marks(self) -> list[Line]:
        """Return short lines at the upper and lower edge where the page is folded."""
        near, far, top = self.mark_from, self.mark_from + self.mark_length, self.page[1]
        folds = [place * self.panel_width for place in range(1, self.panels)]
        return [line for x in folds for line in ((x, near, x, far), (x, top - far, x, top - near))]


DL_SHEET = FoldedSheet(panels=3, page=landscape(A4), margin=9 * mm, mark_from=3 * mm, mark_length=4 * mm)


@dataclass(frozen=True)
class StripRow:
    """Strips side by side along the foot of a page, each torn off upwards; all measures in points."""

    strips: int
    height: float
    page: tuple[float, float] = A4

    def frames(self, *, rtl: bool) -> list[Frame]:
        """Return where each strip lies, in the order of reading."""
        width = self.page[0] / self.strips
        from_left = [Frame(place * width, 0, width, self.height) for place in range(self.strips)]
        return from_left[::-1] if rtl else from_left

    def cut_lines(self) -> list[Line]:
        """Return the line above all strips, then those between them."""
        width = self.page[0] / self.strips
        between = [(place * width, 0.0, place * width, self.height) for place in range(1, self.strips)]
        return [(0.0, self.height, self.page[0], self.height), *between]


TEAR_OFFS = StripRow(strips=10, height=62 * mm)


def set_cards(canvas: TaggedCanvas, sheet: CardSheet, paint_card: PaintPart) -> None:
    """Draw one page of equal cards; a screen reader meets the first and passes over its copies."""
    _repeat(canvas, sheet.cards(), paint_card)
    with canvas.decoration():
        canvas.setLineWidth(_MARK_THICKNESS)
        canvas.lines(sheet.crop_marks())
    canvas.showPage()


def set_backs(canvas: TaggedCanvas, sheet: CardSheet, paint_back: PaintPart) -> None:
    """Draw the page behind ``set_cards``: without marks, which would show beside those of the front."""
    _repeat(canvas, sheet.backs(), paint_back)
    canvas.showPage()


def paint_strips(canvas: TaggedCanvas, row: StripRow, paint_strip: PaintPart, *, rtl: bool) -> None:
    """Draw the strips, each turned so that its text runs upwards, and dashed lines to cut along.

    ``paint_strip`` gets a frame as long as a strip is high, at the origin of its own coordinates.
    """

    def paint(each: TaggedCanvas, strip: Frame) -> None:
        with _turned(each, strip) as frame:
            paint_strip(each, frame)

    _repeat(canvas, row.frames(rtl=rtl), paint)
    with canvas.decoration():
        canvas.saveState()
        canvas.setLineWidth(_MARK_THICKNESS)
        canvas.setDash(*_DASHES)
        canvas.lines(row.cut_lines())
        canvas.restoreState()


def draw_fold_marks(canvas: TaggedCanvas, sheet: FoldedSheet) -> None:
    """Draw the marks that show where to fold, as decoration."""
    with canvas.decoration():
        canvas.setLineWidth(_MARK_THICKNESS)
        canvas.lines(sheet.fold_marks())


def _repeat(canvas: TaggedCanvas, frames: list[Frame], paint: PaintPart) -> None:
    first, *others = frames
    paint(canvas, first)
    with canvas.copies():
        for frame in others:
            paint(canvas, frame)


@contextmanager
def _turned(canvas: TaggedCanvas, frame: Frame) -> Iterator[Frame]:
    """Turn what is drawn inside by a quarter to the left; yields ``frame`` as it lies then."""
    canvas.saveState()
    canvas.translate(frame.x + frame.width, frame.y)
    canvas.rotate(90)
    yield Frame(0.0, 0.0, frame.height, frame.width)
    canvas.restoreState()
