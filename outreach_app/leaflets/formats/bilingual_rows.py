"""Rows of a leaflet in two languages: one text beside its counterpart, each in its own letters and direction."""

from __future__ import annotations

from typing import Any

from outreach_app.leaflets.formats.facing import Facing, Parts
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.look import Look
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.pictures import Picture

_GAP = 0.25  # of a picture's size, on either side of it

Pair = tuple[str, str]  # her text, the worker's


class BilingualRows:
    """Makes rows of two languages; hers stands where her reading begins."""

    def __init__(self, hers: Language, other: Language, shape: PageShape, *, break_words: bool = False) -> None:
        """``shape`` says how large pictures are: they stand between the columns."""
        self.looks = (Look(hers, break_words, even=True), Look(other, break_words, even=True))
        self._picture = shape.picture
        self.column = (shape.width - shape.picture * (1 + 2 * _GAP)) / 2  # points, outside panels

    def row(self, texts: Pair, size: float, *, after: float = 0.0, **style: Any) -> Facing:
        """Return one text beside the other; ``style`` as of ``Look.text``."""
        return self.facing(*([each] for each in self.texts(texts, size, **style)), after=after)

    def pictured(
        self, texts: Pair, size: float, picture: str, *, after: float, colour: Colour, tag: str = "H2"
    ) -> Facing:
        """Return two headings with a picture between them."""
        hers, other = self.texts(texts, size * 1.15, bold=True, colour=colour, tag=tag)
        drawing = [Picture(picture, self._picture, colour, align="centre")] if picture else []
        return self.facing([hers], [other], drawing, after=after, middled=True)

    def facing(
        self, hers: Parts, other: Parts, middle: Parts = (), *,
        middle_width: float = 0.0, after: float = 0.0, middled: bool = False,
    ) -> Facing:  # fmt: skip
        """Return parts of both languages with ``middle`` between them, at least as wide as a picture."""
        return Facing(
            hers, other, middle, middle_width=max(middle_width, self._picture), gap=self._picture * _GAP,
            hers_right=self.looks[0].language.rtl, middled=middled, space_after=after,
        )  # fmt: skip

    def texts(self, texts: Pair, size: float, **style: Any) -> tuple[Any, Any]:
        """Return a paragraph of each language."""
        hers, other = (look.text(words, size, **style) for look, words in zip(self.looks, texts, strict=True))
        return hers, other
