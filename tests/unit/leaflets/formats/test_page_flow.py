"""Blocks on pages: the largest readable size, whole blocks, even pages, the last block at the foot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.a4 import A4_SHAPE
from outreach_app.leaflets.formats.page_flow import Block, composed
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.pages import A4

ROOM = replace(A4_SHAPE, paper=(200.0, 100.0 + 2 * A4_SHAPE.side), side=10.0, top=10.0, bottom=10.0)


class Bar(TaggedFlowable):
    """A part ``lines`` lines high, with one line behind it; where it was drawn is noted."""

    def __init__(self, lines: float, size: float, drawn: list[float], name: str = "") -> None:
        super().__init__()
        self.lines, self.size, self.name, self.spaceAfter = lines, size, name, size
        self._drawn = drawn

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.lines * self.size
        return self.width, self.height

    def paint_at(self, _canvas: TaggedCanvas, _x: float, y: float) -> None:
        self._drawn.append(y + self.height)

    def paint(self, _canvas: TaggedCanvas) -> None:
        raise AssertionError("nothing paints a bar at the origin")


class Heaps:
    """A story of blocks, each a list of heights in lines."""

    def __init__(self, *blocks: list[float], end: float = 0.0, at_foot: bool = False) -> None:
        self._blocks, self._end, self._at_foot = blocks, end, at_foot
        self.drawn: list[float] = []

    def blocks(self, size: float) -> list[Block]:
        made = [Block([Bar(lines, size, self.drawn) for lines in block]) for block in self._blocks]
        made[-1].at_foot = self._at_foot
        return made

    def roomy_end(self, size: float) -> list[Block]:
        return [Block([Bar(self._end, size, self.drawn)])] if self._end else []

    def footer(self, _page: int, pages: int) -> list[TaggedFlowable]:
        return [Bar(1 if pages == 1 else 2, 1.0, [])]


def shape_of(height: float):
    """Return a shape whose frame is ``height`` points high on one page, one point less on several."""
    frame = ROOM.frame(1.0)
    return replace(ROOM, paper=(ROOM.paper[0], ROOM.paper[1] + height - frame.height))


def pages_of(story: Heaps, height: float) -> list[list[list[float]]]:
    """Return the heights of the parts in lines, by page and block."""
    pages = composed(lambda _broken: story, shape_of(height))
    return [[[part.lines for part in block.parts] for block in page.blocks] for page in pages]


def size_of(story: Heaps, height: float) -> float:
    page = composed(lambda _broken: story, shape_of(height))[0]
    return page.blocks[0].parts[0].size


def test_type_is_as_large_as_one_page_allows():
    story = Heaps([10], [10])  # with the gap 21 lines
    assert size_of(story, 21 * 14) == 14
    assert size_of(story, 21 * 14 - 1) == 13.75
    assert size_of(story, 21 * 12) == 12
    assert len(pages_of(story, 21 * 12)) == 1


def test_type_grows_again_on_a_second_page():
    story = Heaps([10], [10])
    assert pages_of(story, 21 * 12 - 1) == [[[10]], [[10]]]
    assert size_of(story, 21 * 12 - 1) == 16


def test_pages_are_evenly_full():
    story = Heaps(*[[4.0]] * 6)  # 4 + 5 * 5 lines: three and three, not five and one
    assert [len(page) for page in pages_of(story, 24 * 12)] == [3, 3]


def test_a_block_is_cut_only_if_it_must_be():
    assert pages_of(Heaps([8, 8], [8, 8]), 26 * 12) == [[[8, 8]], [[8, 8]]]
    assert pages_of(Heaps([9, 9, 9]), 21 * 12) == [[[9], [9]], [[9]]]


def test_gaps_between_blocks_grow_but_not_within_them():
    story = Heaps([2, 2], [2])
    page = composed(lambda _broken: story, shape_of(10 * 14))[0]  # three of ten lines are free
    page.paint(TaggedCanvas(title="", language="en", page_size=A4))
    first, second, third = story.drawn
    assert first - second == pytest.approx(3 * 14)
    assert second - third == pytest.approx(3 * 14 + 1.3 * 14)


def test_numbers_stand_at_the_foot_unless_they_are_alone():
    for blocks, height, top in ((([2], [3]), 30 * 14, 3 * 14), (([15], [10]), 20 * 12, None)):
        story = Heaps(*blocks, at_foot=True)
        page = composed(lambda _broken, story=story: story, shape_of(height))[-1]
        page.paint(TaggedCanvas(title="", language="en", page_size=A4))
        assert story.drawn[-1] == pytest.approx(page.frame.top if top is None else page.frame.y + top)


class TestRoomyEnd:
    """A larger last block where there is room for it."""

    def test_it_is_taken_if_it_needs_no_more_pages(self):
        assert pages_of(Heaps([4], [4], end=8), 30 * 14) == [[[4], [8]]]

    def test_it_is_left_if_there_is_no_room(self):
        assert pages_of(Heaps([4], [4], end=30), 30 * 14) == [[[4], [4]]]
        assert pages_of(Heaps([10], [4], end=5), 15 * 14) == [[[10], [4]]]

    def test_on_several_pages_type_may_shrink_for_it_but_not_below_its_size(self):
        story = Heaps([10], [10], end=16)
        height = 16 * 14 + 2
        assert pages_of(story, height) == [[[10]], [[16]]]
        assert size_of(story, height) == 14


class TestTooMuch:
    """What no page can hold."""

    def test_a_part_higher_than_a_page_is_refused(self):
        with pytest.raises(TextDoesNotFitError):
            composed(lambda _broken: Heaps([30]), shape_of(20 * 12))

    def test_words_are_cut_only_when_nothing_else_helps(self):
        asked: list[bool] = []

        def make(broken: bool) -> Heaps:
            asked.append(broken)
            return Heaps([5] if broken else [30])

        assert len(composed(make, shape_of(20 * 12))) == 1
        assert asked == [False, True]
