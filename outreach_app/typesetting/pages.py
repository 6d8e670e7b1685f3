"""Pages from flowables: the largest readable size that fits on one, otherwise more pages, never clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height

__all__ = ["A4", "A5", "Frame", "cut_into_pages", "landscape", "largest_story", "mm", "set_pages", "sizes_between"]

Story = Sequence[TaggedFlowable]
_STEP = 0.25
_SLACK = 0.01


@dataclass(frozen=True)
class Frame:
    """The part of a page that holds text; points from the lower left corner of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Return the height of the upper edge."""
        return self.y + self.height


def sizes_between(largest: float, smallest: float) -> list[float]:
    """Return type sizes from ``largest`` down to ``smallest``, in quarter points."""
    steps = int((largest - smallest) / _STEP + 0.5)
    return [largest - step * _STEP for step in range(steps + 1)]


def largest_story(make: Callable[[float], Story], sizes: Sequence[float], width: float, height: float) -> Story | None:
    """Return ``make(size)`` for the largest of ``sizes`` (largest first) that fits, None if none does."""
    found: Story | None = None
    low, high = 0, len(sizes)
    while low < high:  # smaller type needs less room, so halving the range finds the size in a few tries
        middle = (low + high) // 2
        story = make(sizes[middle])
        if _fits(story, width, height):
            found, high = story, middle
        else:
            low = middle + 1
    return found


def _fits(story: Story, width: float, height: float) -> bool:
    try:
        return stack_height(story, width) <= height + _SLACK
    except TextDoesNotFitError:
        return False  # a word is wider than the line; it may fit in a smaller size


def set_pages(canvas: TaggedCanvas, story: Story, frame: Frame, finish_page: Callable[[TaggedCanvas], None]) -> int:
    """Draw ``story`` on as many pages as it needs and return how many; ``finish_page`` adds what each page ends with.

    Raises TextDoesNotFitError if one part alone is higher than the frame or a word is wider.
    """
    pages = cut_into_pages(story, frame)
    for parts in pages:
        paint_stack(canvas, parts, frame.x, frame.top, frame.width)
        finish_page(canvas)
        canvas.showPage()
    return len(pages)


def cut_into_pages(story: Story, frame: Frame) -> list[list[TaggedFlowable]]:
    """Return ``story`` in pages; raises TextDoesNotFitError as ``set_pages`` does."""
    pages: list[list[TaggedFlowable]] = [[]]
    for part in story:
        if stack_height([part], frame.width) > frame.height + _SLACK:
            raise TextDoesNotFitError
        if pages[-1] and stack_height([*pages[-1], part], frame.width) > frame.height + _SLACK:
            pages.append([])
        pages[-1].append(part)
    return pages
