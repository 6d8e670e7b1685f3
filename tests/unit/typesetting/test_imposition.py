"""Where cards, their backs, folded panels and strips lie on the paper."""

from __future__ import annotations

import pytest

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.imposition import (
    DL_SHEET,
    TEAR_OFFS,
    WALLET_SHEET,
    draw_fold_marks,
    paint_strips,
    set_backs,
    set_cards,
)
from outreach_app.typesetting.layout import paint_stack
from outreach_app.typesetting.pages import A4, Frame, mm
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from tests.support.leaflet_setting import box_of, ink, ink_box, inside, text_boxes, text_in
from tests.support.pdf_reading import accessibility_faults, structure

STYLE = TextStyle(faces=(load_face("NotoSans-Regular"),), size=8.0, language="en")


def word(text: str) -> ShapedText:
    return ShapedText(text, STYLE)


def paint_at_the_left(canvas: TaggedCanvas, frame: Frame) -> None:
    paint_stack(canvas, [word("card")], frame.x + 2 * mm, frame.top - 2 * mm, frame.width / 2)


def page() -> TaggedCanvas:
    return TaggedCanvas(title="Cards", language="en", page_size=A4)


class TestCards:
    def test_a_card_is_85_by_55_mm(self):
        for card in (*WALLET_SHEET.cards(), *WALLET_SHEET.backs()):
            assert (card.width / mm, card.height / mm) == pytest.approx((85, 55))

    def test_each_back_lies_behind_its_front_once_the_paper_is_turned_over_its_long_edge(self):
        for front, back in zip(WALLET_SHEET.cards(), WALLET_SHEET.backs(), strict=True):
            seen_through = A4[0] - back.x - back.width
            assert (seen_through, back.y) == pytest.approx((front.x, front.y))
        assert WALLET_SHEET.backs()[0].x > WALLET_SHEET.backs()[1].x

    def test_only_the_front_has_marks(self):
        canvas = page()
        set_cards(canvas, WALLET_SHEET, paint_at_the_left)
        set_backs(canvas, WALLET_SHEET, paint_at_the_left)
        pdf = canvas.finished()
        edge = (0, 0, 19.5, 297)
        assert ink_box(ink(pdf), edge) is not None
        assert ink_box(ink(pdf, 1), edge) is None
        assert len(text_boxes(pdf)) == len(text_boxes(pdf, 1)) == 10

    def test_a_screen_reader_meets_front_and_back_once(self):
        canvas = page()
        set_cards(canvas, WALLET_SHEET, paint_at_the_left)
        set_backs(canvas, WALLET_SHEET, paint_at_the_left)
        pdf = canvas.finished()
        assert structure(pdf) == ["Document", "P", "P"]
        assert accessibility_faults(pdf) == []


class TestFolds:
    def test_three_panels_are_as_wide_as_an_envelope_for_them(self):
        assert (DL_SHEET.panel_width / mm, DL_SHEET.page[1] / mm) == pytest.approx((99, 210))
        frames = DL_SHEET.frames(10 * mm, 20 * mm, rtl=False)
        assert [box_of(frame) for frame in frames] == [
            pytest.approx((9 + place * 99, 10, 90 + place * 99, 190)) for place in range(3)
        ]

    def test_panels_are_read_from_the_right_where_one_reads_so(self):
        assert DL_SHEET.frames(0, 0, rtl=True) == DL_SHEET.frames(0, 0, rtl=False)[::-1]

    def test_marks_stand_at_the_folds_and_beside_the_text(self):
        canvas = TaggedCanvas(title="Fold", language="en", page_size=DL_SHEET.page)
        draw_fold_marks(canvas, DL_SHEET)
        canvas.showPage()
        found = ink_box(ink(canvas.finished()), (0, 0, 297, 210))
        assert found == pytest.approx((99, 3, 198, 207), abs=0.5)
        for x, _, also_x, _ in DL_SHEET.fold_marks():
            assert x == also_x
            assert x / mm == pytest.approx(99) or x / mm == pytest.approx(198)


class TestStrips:
    def test_strips_fill_the_width_of_the_paper(self):
        frames = TEAR_OFFS.frames(rtl=False)
        assert 10 <= len(frames) <= 12
        assert (frames[0].x, frames[-1].x + frames[-1].width) == pytest.approx((0, A4[0]))
        assert all(frame.y == 0 and frame.height == TEAR_OFFS.height for frame in frames)
        assert TEAR_OFFS.frames(rtl=True) == frames[::-1]

    def test_a_line_to_cut_along_stands_between_strips_and_above_them(self):
        above, *between = TEAR_OFFS.cut_lines()
        assert above == pytest.approx((0, TEAR_OFFS.height, A4[0], TEAR_OFFS.height))
        edges = [frame.x for frame in TEAR_OFFS.frames(rtl=False)][1:]
        assert [x for x, *_ in between] == pytest.approx(edges)

    def test_text_runs_upwards_inside_its_strip(self):
        def paint(canvas: TaggedCanvas, frame: Frame) -> None:
            assert (frame.x, frame.y, frame.width) == (0, 0, TEAR_OFFS.height)
            paint_stack(canvas, [word("call us here")], 5 * mm, 12 * mm, frame.width - 10 * mm)

        canvas = page()
        paint_strips(canvas, TEAR_OFFS, paint, rtl=False)
        canvas.showPage()
        pdf = canvas.finished()
        boxes = text_boxes(pdf)
        assert len(boxes) == TEAR_OFFS.strips
        for box, strip in zip(boxes, TEAR_OFFS.frames(rtl=False), strict=True):
            assert inside(box, box_of(strip, 2))
            assert box[3] - box[1] > box[2] - box[0]
            assert "call" in text_in(pdf, box_of(strip))
        assert structure(pdf) == ["Document", "P"]
        assert accessibility_faults(pdf) == []
