"""The A5 leaflet: the A4 one on half the paper, on its two sides where it needs them."""

from __future__ import annotations

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.formats.text_pages import set_text_pages
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A5, mm

A5_SHAPE = PageShape(
    paper=A5,
    side=12 * mm,
    top=11 * mm,
    bottom=8 * mm,
    largest=14.0,
    roomiest=15.5,
    comfortable=12.0,  # before the back of the paper is used
    smallest=11.0,
    small_print=8.0,
    code=27 * mm,
    picture=12 * mm,
    title=1.6,
    number=2.0,
    danger=2.4,
)


def set_a5(canvas: TaggedCanvas, wording: Wording, options: Options) -> None:
    """Set the leaflet on as few pages as its words need; raises TextDoesNotFitError."""
    set_text_pages(canvas, wording, A5_SHAPE, cover=options.cover)
