"""A leaflet in one language as pages of one shape, with the neutral cover before them if one is asked for."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.leaflets.formats.cover import paint_cover
from outreach_app.leaflets.formats.page_flow import composed
from outreach_app.leaflets.formats.page_parts import PageParts
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas

PaintPage = Callable[[TaggedCanvas, float], None]  # draws a page, its left edge at that many points


def text_pages(wording: Wording, shape: PageShape, *, cover: bool) -> list[PaintPage]:
    """Return what draws each page; raises TextDoesNotFitError."""
    made = composed(lambda broken: PageParts(wording, shape, break_words=broken), shape)
    pages: list[PaintPage] = [page.paint for page in made]
    if cover:
        pages.insert(0, lambda canvas, x: paint_cover(canvas, wording, shape, x))
    return pages


def set_text_pages(canvas: TaggedCanvas, wording: Wording, shape: PageShape, *, cover: bool) -> None:
    """Set one page after the other on paper of their own size; raises TextDoesNotFitError."""
    canvas.begin_page(shape.paper)
    for paint in text_pages(wording, shape, cover=cover):
        paint(canvas, 0.0)
        canvas.showPage()
