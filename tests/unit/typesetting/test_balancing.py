"""Short texts in even lines: no more lines than needed, none of one small word, on the side where one reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from tests.support.leaflet_setting import text_boxes
from tests.support.pdf_reading import structure

STYLE = TextStyle(faces=(load_face("NotoSans-Regular"),), size=20.0, language="en", space_after=7)
WORDS = "Talk to someone by phone"


def boxes(balanced: BalancedText) -> list[tuple[float, float, float, float]]:
    canvas = TaggedCanvas(title="Lines", language="en", page_size=A4)
    balanced.wrap(220, 0)
    balanced.paint(canvas)
    canvas.showPage()
    pdf = canvas.finished()
    assert structure(pdf) == ["Document", "P"]
    return text_boxes(pdf)


def test_lines_are_even_and_no_more():
    plain, balanced = ShapedText(WORDS, STYLE), BalancedText(ShapedText(WORDS, STYLE))
    assert balanced.wrap(220, 0) == plain.wrap(220, 0) == (220, 2 * STYLE.line_height)
    assert [line.text for line in plain.lines] == ["Talk to someone by", "phone"]
    assert [line.text for line in balanced.text.lines] == ["Talk to someone", "by phone"]
    assert balanced.spaceAfter == 7


def test_one_line_stays_one_and_another_width_is_measured_again():
    balanced = BalancedText(ShapedText(WORDS, STYLE))
    assert balanced.wrap(400, 0) == (400, STYLE.line_height)
    assert balanced.wrap(100, 0)[1] > 2 * STYLE.line_height
    assert balanced.wrap(400, 0) == (400, STYLE.line_height)


def test_a_word_too_wide_is_refused_and_the_widest_word_sets_the_width():
    with pytest.raises(TextDoesNotFitError):
        BalancedText(ShapedText("wordwordwordwordword", STYLE)).wrap(100, 0)
    balanced = BalancedText(ShapedText("a b c extraordinarily", STYLE))
    balanced.wrap(160, 0)
    assert [line.text for line in balanced.text.lines] == ["a b c", "extraordinarily"]


def test_lines_stand_where_the_whole_width_would_put_them():
    ((left, *_),) = boxes(BalancedText(ShapedText("Call", STYLE)))
    assert left == pytest.approx(0, abs=1)
    ((_, _, right, _),) = boxes(BalancedText(ShapedText("Call", replace(STYLE, rtl=True))))
    assert right == pytest.approx(220 / 72 * 25.4, abs=1)
    ((left, _, right, _),) = boxes(BalancedText(ShapedText("Call", replace(STYLE, align="centre"))))
    assert (left + right) / 2 == pytest.approx(110 / 72 * 25.4, abs=1)
    above, below = boxes(BalancedText(ShapedText(WORDS, replace(STYLE, align="centre"))))
    assert (above[0] + above[2]) / 2 == pytest.approx((below[0] + below[2]) / 2, abs=1)
