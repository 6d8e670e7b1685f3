"""Two A5 leaflets side by side on A4, to be cut in the middle: each half is a whole leaflet."""

from __future__ import annotations

from outreach_app.leaflets.formats.a5 import A5_SHAPE
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.text_pages import PaintPage, text_pages
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, landscape, mm

PAPER = landscape(A4)
_MIDDLE = PAPER[0] / 2
_MARK_FROM, _MARK_LENGTH, _MARK_THICKNESS = 4 * mm, 5 * mm, 0.25


def set_a5_two_up(canvas: TaggedCanvas, wording: Wording, options: Options) -> None:
    """Set each page of the leaflet twice, side by side; raises TextDoesNotFitError.

    On the back of the paper the halves change places: what is read aloud on the front has its own back.
    """
    canvas.begin_page(PAPER)
    for number, paint in enumerate(text_pages(wording, A5_SHAPE, cover=options.cover)):
        is_back = options.duplex and number % 2 == 1
        _set_twice(canvas, paint, first=_MIDDLE if is_back else 0.0)


def _set_twice(canvas: TaggedCanvas, paint: PaintPage, *, first: float) -> None:
    paint(canvas, first)
    with canvas.copies():
        paint(canvas, _MIDDLE - first)
    with canvas.decoration():
        canvas.setLineWidth(_MARK_THICKNESS)
        for bottom in (_MARK_FROM, PAPER[1] - _MARK_FROM - _MARK_LENGTH):
            canvas.line(_MIDDLE, bottom, _MIDDLE, bottom + _MARK_LENGTH)
    canvas.showPage()
