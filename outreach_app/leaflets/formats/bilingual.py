"""The leaflet for two: hers and the worker's language side by side, each statement at one height."""

from __future__ import annotations

from outreach_app.errors import BugError
from outreach_app.leaflets.formats.bilingual_parts import BilingualParts
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.page_flow import composed
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4, mm

BILINGUAL_SHAPE = PageShape(
    paper=A4,
    side=15 * mm,
    top=14 * mm,
    bottom=10 * mm,
    largest=14.0,
    roomiest=15.0,
    comfortable=11.0,
    smallest=11.0,
    small_print=8.5,
    code=26 * mm,
    picture=12 * mm,
    title=1.6,
    number=2.1,
    danger=2.7,
)


def set_bilingual(canvas: TaggedCanvas, wording: Wording, options: Options) -> None:
    """Set both languages on as few pages as their words need; raises TextDoesNotFitError."""
    other = options.beside
    if other is None:
        raise BugError
    canvas.begin_page(BILINGUAL_SHAPE.paper)
    for page in composed(
        lambda broken: BilingualParts(wording, other, BILINGUAL_SHAPE, break_words=broken), BILINGUAL_SHAPE
    ):
        page.paint(canvas)
        canvas.showPage()
