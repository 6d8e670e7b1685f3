"""The A4 leaflet: quiet pages with pictures beside their words, the two numbers large or at the end."""

from __future__ import annotations

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.formats.text_pages import set_text_pages
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, mm

A4_SHAPE = PageShape(
    paper=A4,
    side=20 * mm,
    top=16 * mm,
    bottom=10 * mm,
    largest=14.0,
    roomiest=16.0,
    comfortable=12.0,  # below it is not easy to read any more
    smallest=12.0,
    small_print=9.5,
    code=34 * mm,
    picture=14 * mm,
)


def set_a4(canvas: TaggedCanvas, wording: Wording, options: Options) -> None:
    """Set the leaflet on as few pages as its words need; raises TextDoesNotFitError."""
    set_text_pages(canvas, wording, A4_SHAPE, cover=options.cover)
