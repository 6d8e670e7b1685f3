"""Charts: numbers stand on them, a screen reader hears them, and they are drawn light, dark and from the right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.theme import palette_of
from ui.tokens import DARK, LIGHT
from ui.widgets.charts import ROW_HEIGHT, Bar, BarChart, LineChart

BARS = (Bar("Street", 4, "4"), Bar("Bar", None, "not shown"), Bar("Nobody", 0, "0"), Bar("A very long name " * 9, 2, "2"))


def colours(chart, colour):
    image = chart.grab().toImage()
    return [
        (x, y) for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).name().lower() == colour.lower()
    ]  # fmt: skip


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def look(request):
    app = QApplication.instance()
    before = app.palette()
    app.setPalette(palette_of(request.param))
    yield request.param
    app.setPalette(before)


@pytest.mark.parametrize("kind", [BarChart, LineChart])
def test_a_chart_is_heard_as_its_numbers(show, kind):
    chart = kind("Encounters", BARS[:3])
    show(chart)
    assert chart.accessibleName() == "Encounters"
    assert chart.accessibleDescription() == "Street: 4, Bar: not shown, Nobody: 0"
    assert chart.toolTip().splitlines() == ["Street: 4", "Bar: not shown", "Nobody: 0"]
    assert chart.bars() == BARS[:3]


def test_bars_are_as_long_as_their_numbers(show, look):
    chart = BarChart("Encounters", BARS)
    show(chart)
    assert chart.height() == chart.sizeHint().height() == ROW_HEIGHT * len(BARS)
    drawn = colours(chart, look.accent)
    longest, half = ([x for x, y in drawn if y // ROW_HEIGHT == row] for row in (0, 3))
    assert (max(longest) - min(longest)) == pytest.approx(2 * (max(half) - min(half)), abs=3)
    for row in (1, 2):
        assert not [x for x, y in drawn if y // ROW_HEIGHT == row], "no number, no bar"


def test_from_the_right_a_bar_begins_on_the_right(show, look):
    chart = BarChart("Encounters", (Bar("a", 1, "1"), Bar("b", 3, "3")))
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    show(chart)
    drawn = colours(chart, look.accent)
    first = [x for x, y in drawn if y < ROW_HEIGHT]
    assert min(first) > chart.width() / 2


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_line_runs_from_point_to_point_and_breaks_where_no_number_is_shown(show, look, direction):
    chart = LineChart("Encounters", (Bar("Mon", 1, "1"), Bar("Tue", 5, "5"), Bar("Wed", None, "not shown"), Bar("Thu", 2, "2")))
    chart.setLayoutDirection(direction)
    show(chart)
    columns = {x for x, _y in colours(chart, look.accent)}
    step = chart.width() / 4
    gap = range(int(step * 2.2), int(step * 2.8)) if direction is Qt.LayoutDirection.LeftToRight else range(int(step * 1.2), int(step * 1.8))
    assert columns
    assert not columns & set(gap)


def test_many_points_leave_names_out_and_none_are_no_chart(show):
    chart = LineChart("Encounters", [Bar(f"week {number} of 2026", number % 7, str(number % 7)) for number in range(150)])
    show(chart)
    assert not chart.grab().isNull()
    assert chart.sizeHint().height() == chart.height()
    chart.show_bars(())
    assert not chart.isVisible()
    assert chart.accessibleDescription() == ""
