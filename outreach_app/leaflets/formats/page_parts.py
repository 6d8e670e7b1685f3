"""What every page of text is made of: title, sections with their pictures, the two numbers, the small print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach_app.leaflets.formats.illustrated import Illustrated
from outreach_app.leaflets.formats.number_parts import NumberParts
from outreach_app.leaflets.formats.page_flow import Block
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.formats.small_print import in_room, small_print
from outreach_app.leaflets.look import Look
from outreach_app.leaflets.wording import Wording, Words
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Beside, Rule
from outreach_app.typesetting.pictures import Picture

_TOGETHER = 2  # statements that never stand alone at the foot or the head of a page


class PageParts:
    """Makes the parts of one leaflet at any body size."""

    def __init__(self, wording: Wording, shape: PageShape, *, break_words: bool = False) -> None:
        """``shape`` says how large things are and in which colours."""
        self._wording, self._shape = wording, shape
        self._look = Look(wording.language, break_words, even=True)
        self._numbers = NumberParts(self._look, wording, shape)
        self._illustrated = any(section.picture for section in wording.sections)

    def blocks(self, size: float) -> list[Block]:
        """Return all of it in reading order."""
        if self._wording.numbers_first:
            return [self._head(size), *self._numbers.large(size), *self._sections(size)]
        return [self._head(size), *self._sections(size), self._numbers.compact(size)]

    def roomy_end(self, size: float) -> list[Block]:
        """Return what the last block may be where there is room: numbers that stand last, as large as they can be."""
        return [] if self._wording.numbers_first else [self._numbers.large_at_foot(size)]

    def footer(self, page: int, pages: int) -> list[TaggedFlowable]:
        """Return what a page ends with; the number only where there are several."""
        size, muted, look = self._shape.small_print, self._shape.palette.muted, self._look
        number = look.text(self._wording.page_number(page, pages), size, colour=muted)
        width, gap = (number.natural_width + 1, size * 2) if pages > 1 else (0.0, 0.0)
        draft = self._wording.draft_mark is not None
        lines = small_print(self._wording, tuple(self._shown()))
        words: list[TaggedFlowable] = [
            look.text(line, size, bold=draft and place == 0, colour=muted, after=1)
            for place, line in enumerate(in_room(look, lines, size, self._shape.width - width - gap))
        ]
        rule = Rule(self._shape.palette.line, space_after=5)
        if pages == 1:
            return [rule, *words]
        return [rule, Beside(words, [number], picture_width=width, gap=gap, rtl=look.language.rtl)]

    def _shown(self) -> Iterator[str]:
        """Yield every text that may carry a star."""
        yield from self._wording.intro
        for section in self._wording.sections:
            yield from (section.heading, *section.plain_lines)
        yield from self._numbers.shown()

    def _sections(self, size: float) -> list[Block]:
        return [Block(list(self._section(section, size))) for section in self._wording.sections]

    def _head(self, size: float) -> Block:
        look, shape = self._look, self._shape
        title = look.text(
            self._wording.title, size * shape.title, bold=True, colour=shape.palette.accent, tag="H1",
            after=size * 0.3, tight=True,
        )  # fmt: skip
        intro = [look.text(line, size * 1.07, colour=shape.palette.muted, after=2) for line in self._wording.intro]
        parts: list[TaggedFlowable] = [title, *intro]
        parts[-1].spaceAfter = size * 0.85
        return Block(parts)

    def _section(self, words: Words, size: float) -> Iterator[TaggedFlowable]:
        """Yield the heading with the first statements, then one statement after another, the last two together."""
        palette = self._shape.palette
        heading = self._look.text(
            words.heading, size * 1.15, bold=True, colour=palette.accent, tag="H2", after=size * 0.25
        )
        rows = self._look.bullets(words.plain_lines, size, colour=palette.ink, bullet_colour=palette.accent).rows()
        rows[-1].spaceAfter = size * 0.95
        groups = _kept_together(rows)
        picture = (
            Picture(words.picture, self._shape.picture, palette.accent, rtl=self._look.language.rtl)
            if words.picture
            else None
        )
        yield self._beside([heading, *groups[0]], picture)
        yield from (self._beside(group, None) for group in groups[1:])

    def _beside(self, parts: Sequence[TaggedFlowable], picture: Picture | None) -> Illustrated:
        indent = self._shape.picture * 1.3 if self._illustrated else 0.0
        return Illustrated(parts, picture, indent=indent, rtl=self._look.language.rtl)


def _kept_together(rows: list[TaggedFlowable]) -> list[list[TaggedFlowable]]:
    """Return the rows one by one, but the first and the last two of them together."""
    if len(rows) < 2 * _TOGETHER:
        return [rows]
    middle = [[row] for row in rows[_TOGETHER:-_TOGETHER]]
    return [rows[:_TOGETHER], *middle, rows[-_TOGETHER:]]
