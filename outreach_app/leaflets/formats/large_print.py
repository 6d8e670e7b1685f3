"""The large-print leaflet: black on white, twenty points, as many pages as it takes."""

from __future__ import annotations

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.formats.text_pages import set_text_pages
from outreach_app.leaflets.look import STRONG
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, mm

LARGE_SHAPE = PageShape(
    paper=A4,
    side=18 * mm,
    top=16 * mm,
    bottom=10 * mm,
    largest=20.0,
    roomiest=22.0,
    comfortable=18.0,
    smallest=18.0,
    small_print=14.0,
    code=40 * mm,
    picture=18 * mm,
    title=1.7,
    number=1.9,
    danger=2.6,
    palette=STRONG,
)


def set_large_print(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set the leaflet on as many pages as its words need; raises TextDoesNotFitError."""
    set_text_pages(canvas, wording, LARGE_SHAPE, cover=False)
