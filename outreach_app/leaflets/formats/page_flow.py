"""Blocks on pages: as few pages as a readable size allows, evenly filled, none clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, sizes_between

_SLACK = 0.01
_EVENNESS = 4.0  # points: how exactly pages of one leaflet are filled alike
_MOST_ROOM = 1.3  # of the body size: how far a gap between blocks may grow to fill a page


@dataclass
class Block:
    """Parts that belong together; a page may end between them if it must.

    ``at_foot`` stands at the end of its page. The room behind what ``ends`` may grow.
    """

    parts: list[TaggedFlowable]
    at_foot: bool = False
    ends: bool = True
    heights: list[float] = field(default_factory=list)

    def measure(self, width: float) -> None:
        """Wrap the parts once to ``width`` points; raises TextDoesNotFitError."""
        self.heights = [part.wrap(width, 0)[1] for part in self.parts]

    @property
    def after(self) -> float:
        """Return the room behind the block in points."""
        return self.parts[-1].spaceAfter

    @property
    def height(self) -> float:
        """Return the height in points, once measured."""
        return sum(self.heights) + sum(part.spaceAfter for part in self.parts[:-1])

    def pieces(self) -> list[Block]:
        """Return the parts one by one."""
        pairs = zip(self.parts, self.heights, strict=True)
        return [Block([part], self.at_foot, part is self.parts[-1], [height]) for part, height in pairs]


Make = Callable[[float], Sequence[Block]]
Footer = Callable[[int, int], list[TaggedFlowable]]


@dataclass(frozen=True)
class Page:
    """One page ready to be drawn: blocks in a frame and a footer below; ``most_room`` may be added to each gap."""

    blocks: Sequence[Block]
    frame: Frame
    footer: Sequence[TaggedFlowable]
    bottom: float
    most_room: float

    def paint(self, canvas: TaggedCanvas, x: float = 0.0) -> None:
        """Draw the page, its left edge at ``x`` points."""
        left, width, top = x + self.frame.x, self.frame.width, self.frame.top
        room = self._room()
        for block in self.blocks:
            if block.at_foot and block is not self.blocks[0]:
                top = self.frame.y + block.height
            paint_stack(canvas, block.parts, left, top, width)
            top -= block.height + block.after + (room if block.ends else 0.0)
        paint_stack(canvas, self.footer, left, self.bottom + stack_height(self.footer, width), width)

    def _room(self) -> float:
        gaps = sum(block.ends for block in self.blocks[:-1])
        return min(self.most_room, max(0.0, self.frame.height - _height(self.blocks)) / max(1, gaps))


def composed(make: Make, footer: Footer, shape: PageShape, *, roomy: Make | None = None) -> list[Page]:
    """Return the pages of a leaflet; ``make`` gives its blocks at a body size, ``footer`` what page 1 of 2 ends with.

    ``roomy`` gives larger blocks that are taken instead where there is room for them on as many pages.
    Raises TextDoesNotFitError if one part alone is higher than a page or a word is wider than a line.
    """
    fitter = _Fitter(make, footer, shape)
    count = fitter.count()
    size, units = fitter.largest(count)
    if roomy:
        size, units = fitter.instead(roomy, size, count) or (size, units)
    frame = fitter.frame(count)
    pages = _evenly(units, frame.height, count)
    room = size * _MOST_ROOM
    return [Page(page, frame, footer(number, count), shape.bottom, room) for number, page in enumerate(pages, 1)]


class _Fitter:
    """Tries sizes; the blocks of each size are made once."""

    def __init__(self, make: Make, footer: Footer, shape: PageShape) -> None:
        self._make, self._footer, self._shape = make, footer, shape
        self._made: dict[float, Sequence[Block]] = {}
        self._frames: dict[int, Frame] = {}

    def frame(self, pages: int) -> Frame:
        """Return the room for text where there are so many ``pages``: their number stands in the footer."""
        if pages not in self._frames:
            height = stack_height(self._footer(pages, pages), self._shape.width)
            self._frames[pages] = self._shape.frame(height)
        return self._frames[pages]

    def count(self) -> int:
        """Return how many pages there have to be."""
        if self._fit(self._whole(self._shape.comfortable), 1):
            return 1
        return max(2, len(_cut(self._split(self._shape.smallest), self.frame(2).height)))

    def largest(self, count: int) -> tuple[float, Sequence[Block]]:
        """Return the largest size for ``count`` pages and what is put on them; blocks stay whole if they can."""
        shape = self._shape
        sizes = sizes_between(*(shape.largest, shape.comfortable) if count == 1 else (shape.roomiest, shape.smallest))
        if self._fit(self._whole(sizes[-1]), count):
            size = self._largest(sizes, self._whole, count)
            return size, self._whole(size)
        size = self._largest(sizes, self._split, count)
        return size, self._split(size)

    def instead(self, make: Make, size: float, count: int) -> tuple[float, Sequence[Block]] | None:
        """Return a size and larger blocks if they need no more pages than ``count``, and a large enough size."""
        for tried in sorted({size, min(size, self._shape.largest)}, reverse=True):
            blocks = self._measured(make(tried))
            if self._fit(blocks, count):
                return tried, blocks
        return None

    def _largest(self, sizes: Sequence[float], units: Make, count: int) -> float:
        low, high = 0, len(sizes) - 1
        while low < high:  # smaller type needs less room, so halving the range finds the size in a few tries
            middle = (low + high) // 2
            if self._fit(units(sizes[middle]), count):
                high = middle
            else:
                low = middle + 1
        return sizes[low]

    def _fit(self, units: Sequence[Block], count: int) -> bool:
        try:
            return len(_cut(units, self.frame(count).height)) <= count
        except TextDoesNotFitError:
            return False  # one is higher than a page, or a word is wider than the line

    def _whole(self, size: float) -> Sequence[Block]:
        """Return the blocks in ``size``; none if a word is wider than the line."""
        if size not in self._made:
            self._made[size] = self._measured(self._make(size))
        return self._made[size]

    def _measured(self, blocks: Sequence[Block]) -> Sequence[Block]:
        try:
            for block in blocks:
                block.measure(self._shape.width)
        except TextDoesNotFitError:
            return ()
        return blocks

    def _split(self, size: float) -> list[Block]:
        return [piece for block in self._whole(size) for piece in block.pieces()]


def _evenly(units: Sequence[Block], height: float, count: int) -> list[list[Block]]:
    """Return ``units`` on ``count`` pages, all about equally full."""
    low, high = max(unit.height for unit in units), height
    while count > 1 and high - low > _EVENNESS:
        middle = (low + high) / 2
        if len(_cut(units, middle)) <= count:
            high = middle
        else:
            low = middle
    return _cut(units, high)


def _cut(units: Sequence[Block], height: float) -> list[list[Block]]:
    if not units:  # a word is wider than the line even in the smallest size
        raise TextDoesNotFitError
    pages: list[list[Block]] = [[]]
    for unit in units:
        if unit.height > height + _SLACK:
            raise TextDoesNotFitError
        if pages[-1] and _height([*pages[-1], unit]) > height + _SLACK:
            pages.append([])
        pages[-1].append(unit)
    return pages


def _height(units: Sequence[Block]) -> float:
    return sum(unit.height for unit in units) + sum(unit.after for unit in units[:-1])
