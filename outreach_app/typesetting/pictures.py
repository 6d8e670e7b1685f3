"""Our own line drawings on the page: vector paths in one colour, tagged with words or marked as decoration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from outreach_app.i18n import gettext as _
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import PictureUnknownError
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.operators import Colour, number
from outreach_app.typesetting.svg import LineDrawing, read_drawing
from outreach_app.typesetting.tagging import Element
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.strict import read_json

PictureId = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z_]{0,39}\Z")]


class PictureFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One drawing: its file, what it shows, and whether it points along the line of reading."""

    id: PictureId
    shows: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    mirrored: bool  # where one reads from the right


class PictogramsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``pictograms.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    pictures: Annotated[list[PictureFields], msgspec.Meta(min_length=1, max_length=100)]


@dataclass(frozen=True)
class Pictogram:
    """A drawing that is read, with what it ``shows`` in English."""

    id: str
    shows: str
    mirrored: bool
    drawing: LineDrawing


@cache
def pictures() -> Mapping[str, PictureFields]:
    """Return every picture there is by its id; raises FileMissingError, UntrustedDataError (damaged installation)."""
    fields = read_json(read_shipped("pictograms/pictograms.json"), PictogramsFields, what=_("The pictograms"))
    return MappingProxyType({each.id: each for each in fields.pictures})


@cache
def load_picture(name: str) -> Pictogram:
    """Return a drawing by its id.

    Raises:
        PictureUnknownError: no drawing has this name.
        FileMissingError, DrawingRefusedError, UntrustedDataError: the installation is damaged.
    """
    fields = pictures().get(name)
    if fields is None:
        raise PictureUnknownError(name=name)
    drawing = read_drawing(read_shipped(f"pictograms/{name}.svg"), name)
    return Pictogram(fields.id, fields.shows, fields.mirrored, drawing)


@lru_cache(maxsize=64)  # sizes are as many as there are widths of a page
def _operators(name: str, size: float, colour: Colour, *, turned: bool) -> str:
    """Return the finished operators: the same picture stands on a page of cards ten times."""
    drawing = load_picture(name).drawing
    scale = size / drawing.side
    across = f"{-scale:.5f} 0 0 {-scale:.5f} {number(size)}" if turned else f"{scale:.5f} 0 0 {-scale:.5f} 0"
    shades = " ".join(map(number, colour))
    pen = f"1 J 1 j {number(drawing.stroke_width)} w {shades} RG"
    rows = [f"q {across} {number(size)} cm", pen, drawing.strokes, "S"]
    if drawing.dots:
        rows += [f"{shades} rg", drawing.dots, "f"]
    return "\n".join([*rows, "Q"])


class Picture(TaggedFlowable):
    """One drawing, a square of ``size`` points."""

    def __init__(
        self, name: str, size: float, colour: Colour, *,
        alternative: str = "", rtl: bool = False, align: Literal["start", "centre"] = "start",
        space_after: float = 0.0,
    ) -> None:
        """Take the drawing ``name``; raises as ``load_picture``.

        Args:
            name: an id of ``pictograms.json``.
            size: of the square, in points; 12 mm (34 points) is the smallest that everyone reads.
            colour: of its lines.
            alternative: what is read aloud in its place; "" where words beside it say the same: it is decoration.
            rtl: one reads from the right: the line starts there, and a picture that points somewhere is mirrored.
            align: where it stands in the width it is given.
            space_after: points below it in a stack.
        """
        super().__init__()
        self.parent: Element | None = None
        self.spaceAfter = space_after
        self._size = size
        self._alternative = alternative
        self._share = 0.5 if align == "centre" else float(rtl)  # of the room beside it that lies to its left
        self._operators = _operators(name, size, colour, turned=rtl and load_picture(name).mirrored)
        self.width = self.height = size

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width = max(self._size, available_width)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the lines, said in words or passed over (the canvas is put back by whoever drew this)."""
        canvas.translate((self.width - self._size) * self._share, 0)
        if not self._alternative:
            with canvas.decoration():
                canvas.addLiteral(self._operators)
            return
        element = canvas.element("Figure", self.parent)
        x, y = canvas.absolutePosition(0, 0)
        element.alternative = self._alternative
        element.box = (x, y, x + self._size, y + self._size)
        with canvas.marked(element):
            canvas.addLiteral(self._operators)
