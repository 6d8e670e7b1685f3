"""A QR code as one vector path, tagged as a picture that says what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import segno

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.strokes import number

QUIET_ZONE = 4  # empty modules that readers need around the code


@dataclass(frozen=True)
class Modules:
    """The dark and light squares of a code, row by row, the quiet zone included."""

    rows: tuple[tuple[bool, ...], ...]

    @classmethod
    def of(cls, content: str) -> Modules:
        """Return the code of ``content``, with room for a sixth of it to be damaged."""
        code = segno.make(content, error="m", micro=False)
        return cls(tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=QUIET_ZONE)))


class QrCode(TaggedFlowable):
    """A square of ``size`` points, the quiet zone included, on white."""

    def __init__(self, modules: Modules, size: float, alternative: str) -> None:
        """``alternative`` is read aloud in place of the picture."""
        super().__init__()
        self.width = self.height = size
        self._alternative = alternative
        self._modules = modules

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw white ground and black modules."""
        element = canvas.element("Figure")
        x, y = canvas.absolutePosition(0, 0)
        element.alternative = self._alternative
        element.box = (x, y, x + self.width, y + self.height)
        size = number(self.width)
        with canvas.marked(element):
            canvas.addLiteral(f"q 1 1 1 rg 0 0 {size} {size} re f 0 0 0 rg")
            canvas.addLiteral(_path(self._modules, self.width))
            canvas.addLiteral("f Q")


@lru_cache(maxsize=16)  # each size of a code is drawn on many pages
def _path(modules: Modules, size: float) -> str:
    return "\n".join(_dark_stretches(modules.rows, size))


def _dark_stretches(rows: tuple[tuple[bool, ...], ...], size: float) -> Iterator[str]:
    module = size / len(rows)
    for row_number, row in enumerate(rows):
        y = size - (row_number + 1) * module
        column = 0
        for dark, stretch in groupby(row):
            length = len(list(stretch))
            if dark:
                sides = (column * module, y, length * module, module)
                yield " ".join(f"{side:.4f}" for side in sides) + " re"
            column += length
