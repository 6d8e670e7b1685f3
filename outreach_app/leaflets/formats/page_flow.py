"""Blocks on pages: as few pages as a readable size allows, evenly filled, none clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, sizes_between

_SLACK = 0.01
_EVENNESS = 4.0  # points: how exactly pages of one leaflet are filled alike
_LEAST_ROOM = 0.5  # of the last block: what must be left before a larger one is tried
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


Units = Callable[[float], Sequence[Block]]


class Story(Protocol):
    """What is set on pages, at any body size."""

    def blocks(self, size: float, /) -> Sequence[Block]:
        """Return all of it in reading order."""

    def roomy_end(self, size: float, /) -> Sequence[Block]:
        """Return what takes the place of the last block where there is room for it on as many pages; maybe nothing."""

    def footer(self, page: int, pages: int, /) -> Sequence[TaggedFlowable]:
        """Return what a page ends with."""


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


def composed(make: Callable[[bool], Story], shape: PageShape) -> list[Page]:
    """Return the pages of a leaflet; ``make(True)`` gives its story with too wide words cut between letters.

    Raises TextDoesNotFitError if one part alone is higher than a page.
    """
    try:
        return _composed(make(False), shape)
    except TextDoesNotFitError:
        return _composed(make(True), shape)


def _composed(story: Story, shape: PageShape) -> list[Page]:
    fitter = _Fitter(story, shape)
    count = fitter.count()
    size, units = fitter.largest(count)
    size, units = fitter.roomier(size, count) or (size, units)
    frame = fitter.frame(count)
    pages = _evenly(units, frame.height, count)
    room = size * _MOST_ROOM
    feet = [story.footer(number, len(pages)) for number in range(1, len(pages) + 1)]
    return [Page(page, frame, foot, shape.bottom, room) for page, foot in zip(pages, feet, strict=True)]


class _Fitter:
    """Tries sizes; the blocks of each size are made once."""

    def __init__(self, story: Story, shape: PageShape) -> None:
        self._story, self._shape = story, shape
        self._made: dict[float, Sequence[Block]] = {}
        self._frames: dict[int, Frame] = {}

    def frame(self, pages: int) -> Frame:
        """Return the room for text where there are so many ``pages``: their number stands in the footer."""
        if pages not in self._frames:
            height = stack_height(self._story.footer(pages, pages), self._shape.width)
            self._frames[pages] = self._shape.frame(height)
        return self._frames[pages]

    def count(self) -> int:
        """Return how many pages there have to be."""
        if any(self._fit(self._whole(size), 1) for size in (self._shape.largest, self._shape.comfortable)):
            return 1
        return max(2, len(_cut(self._split(self._shape.smallest), self.frame(2).height)))

    def largest(self, count: int) -> tuple[float, Sequence[Block]]:
        """Return the largest size for ``count`` pages and what is put on them; blocks stay whole if they can."""
        shape = self._shape
        ends = (shape.largest, shape.comfortable) if count == 1 else (shape.roomiest, shape.smallest)
        sizes = sizes_between(*ends)
        if self._fit(self._whole(sizes[0]), count):
            return sizes[0], self._whole(sizes[0])
        if self._fit(self._whole(sizes[-1]), count):
            size = self._largest(sizes, self._whole, count)
            return size, self._whole(size)
        size = self._largest(sizes, self._split, count)
        return size, self._split(size)

    def roomier(self, size: float, count: int) -> tuple[float, Sequence[Block]] | None:
        """Return a size and blocks with a larger end, if they need no more pages than ``count``."""
        blocks = self._whole(size)
        if self.frame(count).height * count - _height(blocks) < blocks[-1].height * _LEAST_ROOM:
            return None  # so little is left that it is not worth measuring
        for tried in sorted({size, min(size, self._shape.largest)}, reverse=True):
            end = self._measured(self._story.roomy_end(tried))
            blocks = [*self._whole(tried)[:-1], *end]
            if end and self._fit(blocks, count):
                return tried, blocks
        return None

    def _largest(self, sizes: Sequence[float], units: Units, count: int) -> float:
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
            self._made[size] = self._measured(self._story.blocks(size))
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
