"""Words beside a picture and words that face each other: where each cell stands, wherever the whole is drawn."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.formats.facing import Facing
from outreach_app.leaflets.formats.illustrated import Illustrated
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.pictures import Picture

CANVAS = TaggedCanvas(title="Cells", language="en", page_size=A4)


class Cell(TaggedFlowable):
    """A part of some height that notes its left and lower edge and its width."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height
        self.place: tuple[float, float, float] | None = None

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def paint_at(self, _canvas: TaggedCanvas, x: float, y: float) -> None:
        self.place = (x, y, self.width)

    def paint(self, _canvas: TaggedCanvas) -> None:
        raise AssertionError("cells are drawn at their place")


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("rtl", "x"), [(False, 20), (True, 0)])
def test_words_stand_beside_the_picture(rtl, x, whole):
    words = Cell(50)
    beside = Illustrated([words], Picture("help", 14, (0, 0, 0)), indent=20, rtl=rtl)
    assert beside.wrap(100, 0) == (100, 50)
    if whole:
        beside.paint(CANVAS)
    else:
        beside.paint_at(CANVAS, 7, 3)
    assert words.place == ((x, 0, 80) if whole else (x + 7, 3, 80))


def test_one_line_stands_at_the_middle_of_its_picture():
    words = Cell(4)
    beside = Illustrated([words], Picture("help", 14, (0, 0, 0)), indent=20, rtl=False)
    assert beside.wrap(100, 0) == (100, 14)
    beside.paint(CANVAS)
    assert words.place == (20, 5, 80)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("right", "starts"), [(False, (0, 62)), (True, (62, 0))])
def test_columns_begin_on_one_height(right, starts, whole):
    hers, other, middle = Cell(30), Cell(10), Cell(20)
    facing = Facing([hers], [other], [middle], middle_width=14, gap=5, hers_right=right, space_after=2)
    assert facing.wrap(100, 0) == (100, 30)
    x, y = (0, 0) if whole else (7, 3)
    if whole:
        facing.paint(CANVAS)
    else:
        facing.paint_at(CANVAS, x, y)
    assert hers.place == (starts[0] + x, y, 38)
    assert other.place == (starts[1] + x, y + 20, 38)
    assert middle.place == (43 + x, y + 10, 14)


def test_cells_may_stand_at_the_middle():
    hers, other = Cell(30), Cell(10)
    facing = Facing([hers], [other], middle_width=14, gap=5, hers_right=False, middled=True)
    facing.wrap(100, 0)
    facing.paint(CANVAS)
    assert other.place == (62, 10, 38)
