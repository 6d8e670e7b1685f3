"""Sets a leaflet of given words in a format and says where its text and ink lie, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting import paragraphs
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.operators import text_operators
from outreach_app.typesetting.pages import Frame, mm
from tests.support.pdf_reading import INVISIBLE

ONE_SIDED, BOTH_SIDES = Options(), Options(duplex=True)
_DOTS_PER_MM = 4
Box = tuple[float, float, float, float]  # left, bottom, right, top


def set_leaflet(form: str, wording: Wording, options: Options = ONE_SIDED) -> bytes:
    """Return the file of one leaflet."""
    format_ = FORMATS[form]
    canvas = TaggedCanvas(title=wording.card.title, language=wording.language.code, page_size=format_.paper)
    with canvas.leaflet(title=wording.title, language=wording.language.code):
        format_.set(canvas, wording, options)
    return canvas.finished()


def drawn_lines(monkeypatch, form: str, wording: Wording, options: Options = ONE_SIDED) -> list[str]:
    """Return every line in the order it is drawn, in reading order, without bullets."""
    lines: list[str] = []

    def listening(line: ShapedLine, **place) -> str:
        lines.append(INVISIBLE.sub("", line.text).replace("\u00a0", " "))
        return text_operators(line, **place)

    with monkeypatch.context() as listened:
        listened.setattr(paragraphs, "text_operators", listening)
        set_leaflet(form, wording, options)
    return [line for line in lines if line != "•"]


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page in whole millimetres."""
    return [tuple(round(side / mm) for side in page.get_size()) for page in _pages(pdf)]


def text_boxes(pdf: bytes, page: int = 0) -> list[Box]:
    """Return where the pieces of text on a page lie, in millimetres."""
    return [tuple(side / mm for side in box) for box in _boxes(list(_pages(pdf))[page])]


def text_in(pdf: bytes, box: Box, page: int = 0) -> str:
    """Return the text inside ``box`` (millimetres) of a page."""
    left, bottom, right, top = (side * mm for side in box)
    reader = list(_pages(pdf))[page].get_textpage()
    return reader.get_text_bounded(left=left, bottom=bottom, right=right, top=top)


def ink(pdf: bytes, page: int = 0) -> Image.Image:
    """Return a page as a printer sees it: 4 dots a millimetre, white where there is no ink."""
    return list(_pages(pdf))[page].render(scale=_DOTS_PER_MM / mm).to_pil().convert("L")


def ink_box(image: Image.Image, area: Box) -> Box | None:
    """Return the smallest box around the ink within ``area``, both in millimetres; None if it is white."""
    left, bottom, right, top = (round(side * _DOTS_PER_MM) for side in area)
    part = image.crop((left, image.height - top, right, image.height - bottom))
    found = ImageChops.invert(part).getbbox()
    if found is None:
        return None
    return tuple(side / _DOTS_PER_MM for side in (left + found[0], top - found[3], left + found[2], top - found[1]))


def box_of(frame: Frame, inset: float = 0.0) -> Box:
    """Return a frame in millimetres, ``inset`` millimetres smaller on each side."""
    sides = (frame.x, frame.y, frame.x + frame.width, frame.top)
    left, bottom, right, top = (side / mm for side in sides)
    return left + inset, bottom + inset, right - inset, top - inset


def inside(box: Box, around: Box) -> bool:
    return box[0] >= around[0] and box[1] >= around[1] and box[2] <= around[2] and box[3] <= around[3]


def _pages(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    yield from pypdfium2.PdfDocument(pdf)


def _boxes(page: pypdfium2.PdfPage) -> list[Box]:
    reader = page.get_textpage()
    return [reader.get_rect(place) for place in range(reader.count_rects())]
