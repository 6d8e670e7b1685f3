"""The neutral cover: a few words about health and a quiet picture, nothing that tells what lies behind it."""

from __future__ import annotations

from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.look import Look
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.pictures import Picture

_PICTURE = "help"  # the same on every sheet: it tells nothing
_SIZE = 0.3  # of the width of the text
_HEIGHT = 0.58  # of the page: where the middle of it stands


def paint_cover(canvas: TaggedCanvas, wording: Wording, shape: PageShape, x: float) -> None:
    """Draw the cover, its left edge at ``x`` points; the caller ends the page."""
    parts = _parts(wording, shape)
    top = shape.paper[1] * _HEIGHT + stack_height(parts, shape.width) / 2
    paint_stack(canvas, parts, x + shape.side, top, shape.width)


def _parts(wording: Wording, shape: PageShape) -> list[TaggedFlowable]:
    look, palette, size = Look(wording.language), shape.palette, shape.largest
    picture = Picture(
        _PICTURE, shape.width * _SIZE, palette.accent, rtl=look.language.rtl, align="centre", space_after=size * 2
    )
    title = look.text(
        wording.cover.title, size * 2.6, bold=True, colour=palette.accent, tag="H1", after=size * 0.9, centred=True,
        tight=True,
    )  # fmt: skip
    lines = [look.text(line, size * 1.2, colour=palette.muted, centred=True, after=4) for line in wording.cover.lines]
    return [picture, title, *lines]
