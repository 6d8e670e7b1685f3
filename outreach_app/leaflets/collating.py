"""Leaflets set once, repeated and put in order for the printer: portrait paper only, every leaflet begins on a front.

Long-edge duplex fits every format: what lies is turned to stand, and the backs of what was made to be turned over its
short edge stand on their heads.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from outreach_app.typesetting.pages import A4

_QUARTER, _THREE_QUARTERS = 90, 270  # degrees, clockwise
_IN_THE_TREE = ("/StructParents", "/Tabs")  # what ties a page to the tags; a copy says nothing new

Sequel = Iterator[int | None]


@dataclass(frozen=True, slots=True)
class Pile:
    """Pages ``first`` to before ``after`` of the document, ``sets`` times; ``two_sided`` as their order wants it."""

    first: int
    after: int
    sets: int
    two_sided: bool

    def papers(self) -> int:
        """Return how many sheets of paper all sets take."""
        pages = self.after - self.first
        return self.sets * (-(-pages // 2) if self.two_sided else pages)

    def pages(self, *, duplex: bool) -> Sequel:
        """Yield the page numbers in the order of printing, None for an empty side."""
        for _set in range(self.sets):
            yield from self._once(duplex=duplex)

    def _once(self, *, duplex: bool) -> Sequel:
        for number in range(self.first, self.after):
            yield number
            is_last = number + 1 == self.after
            if duplex and (not self.two_sided or (is_last and (self.after - self.first) % 2)):
                yield None


def collated(leaflets: bytes, piles: Sequence[Pile], *, duplex: bool) -> bytes:
    """Return a document with the pages of ``leaflets`` as ``piles`` say, on A4 portrait paper.

    Where the printer prints both sides (``duplex``) empty backs are put in. Copies share the content of their page.
    The same pages give the same bytes.
    """
    with pikepdf.open(io.BytesIO(leaflets)) as document:
        originals = list(document.pages)
        for pile in piles:
            _stand_up(originals, pile)
        del document.pages[:]
        empty = document.make_indirect(pikepdf.Page(_empty_page()).obj)
        taken: set[int | None] = set()
        for number in (number for pile in piles for number in pile.pages(duplex=duplex)):
            document.pages.append(pikepdf.Page(empty) if number is None else originals[number])
            if number in taken:  # pikepdf has made a page of its own that shares the content
                _tie_loose(document.pages[-1].obj)
            taken.add(number)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _stand_up(originals: Sequence[pikepdf.Page], pile: Pile) -> None:
    for place, number in enumerate(range(pile.first, pile.after)):
        page = originals[number]
        left, bottom, right, top = (float(side) for side in page.mediabox)
        if right - left > top - bottom:
            is_back = pile.two_sided and place % 2 == 1
            page.obj.Rotate = _THREE_QUARTERS if is_back else _QUARTER


def _tie_loose(page: pikepdf.Object) -> None:
    for key in _IN_THE_TREE:
        if key in page:
            del page[key]


def _empty_page() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=pikepdf.Array([0, 0, *A4]), Resources=pikepdf.Dictionary()
    )
