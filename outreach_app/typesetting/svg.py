"""Line drawings in a small, strict part of SVG, as PDF path operators; anything else is refused, never drawn half.

One square grid, one stroke, one colour: paths, lines, polylines, circles and rectangles, stroked, or filled as dots.
No text, images, styles, transforms, links, scripts, entities or comments. Path data is read by fontTools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree as ET

from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder

from outreach_app.typesetting.errors import DrawingRefusedError
from outreach_app.typesetting.operators import number

LARGEST_FILE = 4096  # bytes
MOST_SHAPES = 40
MOST_GROUPS = 2  # one inside the other
_SPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = r"-?+(?:(?:0|[1-9]\d*+)(?:\.\d++)?+|\.\d++)"
_ONE_NUMBER = re.compile(_NUMBER, re.ASCII)
_NUMBERS = re.compile(rf"(?:[\s,]++|{_NUMBER})*+", re.ASCII)
_PATH = re.compile(rf"(?:[\s,]++|[MmLlHhVvCcSsAaZz]|{_NUMBER})*+", re.ASCII)
_ROOT = {
    "fill": "none", "stroke": "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round",
}  # fmt: skip
_ROOT_NUMBERS = frozenset({"width", "height", "stroke-width"})
_DOT = {"fill": "currentColor", "stroke": "none"}
_SHAPES: dict[str, dict[str, re.Pattern[str]]] = {
    "path": {"d": _PATH},
    "polyline": {"points": _NUMBERS},
    "line": dict.fromkeys(("x1", "y1", "x2", "y2"), _ONE_NUMBER),
    "circle": dict.fromkeys(("cx", "cy", "r"), _ONE_NUMBER),
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx"), _ONE_NUMBER),
}
_OPTIONAL = frozenset({"rx"})


@dataclass(frozen=True)
class LineDrawing:
    """A drawing on a square of ``side`` units, the origin at the upper left; operators in these units."""

    side: float
    stroke_width: float
    strokes: str
    dots: str


def read_drawing(untrusted: bytes, name: str) -> LineDrawing:
    """Return the drawing in ``untrusted``; ``name`` is its name in the sentence of the error.

    Raises:
        DrawingRefusedError: too large, not of the form above, a number missing or strange, a point off the grid.
    """
    return _Reader(name).read(untrusted)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name

    def refuse(self, reason: str) -> NoReturn:
        raise DrawingRefusedError(name=self._name, reason=reason)

    def read(self, untrusted: bytes) -> LineDrawing:
        root = self._tree(untrusted)
        side, stroke_width = self._check_root(root)
        strokes, dots = _OperatorPen(side), _OperatorPen(side)
        shapes = list(self._shapes(root, 0))
        if not 0 < len(shapes) <= MOST_SHAPES:
            self.refuse("no shape, or too many")
        for shape in shapes:
            self._draw(shape, dots if shape.get("fill") else strokes)
        if not strokes.text():
            self.refuse("no line")
        return LineDrawing(side, stroke_width, strokes.text(), dots.text())

    def _tree(self, untrusted: bytes) -> ET.Element:
        if len(untrusted) > LARGEST_FILE:
            self.refuse("too large")
        try:
            text = untrusted.decode("ascii")
        except UnicodeDecodeError:
            self.refuse("not ASCII")
        if "<!" in text or "<?" in text or "&" in text:
            self.refuse("declarations, comments or entities")
        try:
            return ET.fromstring(text)  # noqa: S314 - without declarations there are no entities
        except ET.ParseError:
            self.refuse("broken XML")

    def _check_root(self, root: ET.Element) -> tuple[float, float]:
        given = dict(root.attrib)
        if root.tag != f"{_SPACE}svg" or given.keys() != _ROOT.keys() | _ROOT_NUMBERS | {"viewBox"}:
            self.refuse("not an svg of our form")
        if any(given[key] != value for key, value in _ROOT.items()):
            self.refuse("another stroke or fill")
        if not all(_ONE_NUMBER.fullmatch(given[key]) for key in _ROOT_NUMBERS):
            self.refuse("a number is strange")
        side, stroke_width = float(given["width"]), float(given["stroke-width"])
        if not 0 < stroke_width < side <= 1000 or given["height"] != given["width"]:
            self.refuse("not a square")
        if given["viewBox"] != f"0 0 {given['width']} {given['height']}":
            self.refuse("another view")
        return side, stroke_width

    def _shapes(self, parent: ET.Element, depth: int) -> Iterator[ET.Element]:
        for element in parent:
            tag = element.tag.removeprefix(_SPACE)
            words = (parent.text or "") + (element.text or "") + (element.tail or "")
            if words.strip():
                self.refuse("text")
            if tag == "g" and not element.attrib and depth < MOST_GROUPS:
                yield from self._shapes(element, depth + 1)
            elif tag in _SHAPES and element.tag != tag and not len(element):
                self._check_shape(element, _SHAPES[tag])
                yield element
            else:
                self.refuse("an element that is not a plain shape")

    def _check_shape(self, element: ET.Element, wanted: dict[str, re.Pattern[str]]) -> None:
        given = dict(element.attrib)
        if _DOT.items() <= given.items():
            given = {key: value for key, value in given.items() if key not in _DOT}
        if not wanted.keys() - _OPTIONAL <= given.keys() <= wanted.keys():
            self.refuse("an attribute is missing or not a plain one")
        if not all(wanted[key].fullmatch(value) for key, value in given.items()):
            self.refuse("a number is strange")

    def _draw(self, element: ET.Element, pen: _OperatorPen) -> None:
        builder = PathBuilder()
        builder.add_path_from_element(element)
        try:
            for path in builder.paths:
                parse_path(path, pen)
        except (ValueError, IndexError, ArithmeticError):
            self.refuse("a path that cannot be drawn")


class _OperatorPen:
    """Writes what fontTools reads as PDF operators; it hands arcs on as cubic curves."""

    def __init__(self, side: float) -> None:
        self._side = side
        self._rows: list[str] = []

    def text(self) -> str:
        return "\n".join(self._rows)

    def _row(self, operator: str, *points: tuple[float, float]) -> None:
        values = [value for point in points for value in point]
        if not all(0 <= value <= self._side for value in values):
            raise ValueError("a point off the grid")
        self._rows.append(" ".join([*map(number, values), operator]))

    def moveTo(self, point: tuple[float, float]) -> None:
        self._row("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._row("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._row("c", *points)

    def closePath(self) -> None:
        self._rows.append("h")

    def endPath(self) -> None:
        """Leave the line open."""
