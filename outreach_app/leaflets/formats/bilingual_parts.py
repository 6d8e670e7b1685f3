"""The parts of a leaflet in two languages: every statement beside the same one, pictures and codes between them."""

from __future__ import annotations

from outreach_app.leaflets.formats.bilingual_numbers import BilingualNumbers
from outreach_app.leaflets.formats.bilingual_rows import BilingualRows
from outreach_app.leaflets.formats.facing import Parts
from outreach_app.leaflets.formats.page_flow import Block
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.formats.small_print import in_room, small_print
from outreach_app.leaflets.wording import Wording, Words
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Rule, Stack

_TOGETHER = 2  # statements that stay with their heading


class BilingualParts:
    """Makes the parts at any body size."""

    def __init__(self, hers: Wording, other: Wording, shape: PageShape, *, break_words: bool = False) -> None:
        """``other`` is the same sheet in the worker's language."""
        self._wordings = (hers, other)
        self._shape = shape
        self._rows = BilingualRows(hers.language, other.language, shape, break_words=break_words)
        self._numbers = BilingualNumbers(self._rows, hers, other, shape)

    def blocks(self, size: float) -> list[Block]:
        """Return all of it in reading order."""
        if self._wordings[0].numbers_first:
            return [self._head(size), *self._numbers.large(size), *self._sections(size)]
        return [self._head(size), *self._sections(size), self._numbers.compact(size)]

    def roomy_end(self, size: float) -> list[Block]:
        """Return what the last block may be where there is room: numbers that stand last, as large as they can be."""
        return [] if self._wordings[0].numbers_first else [self._numbers.large_at_foot(size)]

    def footer(self, page: int, pages: int) -> list[TaggedFlowable]:
        """Return what a page ends with, in both languages; the number only where there are several."""
        size, muted = self._shape.small_print, self._shape.palette.muted
        columns: list[Parts] = []
        for look, wording in zip(self._rows.looks, self._wordings, strict=True):
            draft = wording.draft_mark is not None
            lines = enumerate(in_room(look, _foot(wording, page, pages), size, self._rows.column))
            columns.append([look.text(line, size, bold=draft and place == 0, colour=muted) for place, line in lines])
        return [Rule(self._shape.palette.line, space_after=5), self._rows.facing(columns[0], columns[1])]

    def _sections(self, size: float) -> list[Block]:
        hers, other = self._wordings
        return [Block(self._section(pair, size)) for pair in zip(hers.sections, other.sections, strict=True)]

    def _head(self, size: float) -> Block:
        hers, other = self._wordings
        palette, rows = self._shape.palette, self._rows
        names = rows.row((hers.language.own_name, other.language.own_name), size * 0.8, colour=palette.muted)
        title = rows.row(
            (hers.title, other.title), size * self._shape.title, bold=True, colour=palette.accent, tag="H1",
            tight=True, after=size * 0.35,
        )  # fmt: skip
        intro = [
            rows.row(pair, size * 1.03, colour=palette.muted, after=2)
            for pair in zip(hers.intro, other.intro, strict=True)
        ]
        parts: list[TaggedFlowable] = [names, title, *intro]
        parts[-1].spaceAfter = size * 0.85
        return Block([Stack(parts, space_after=parts[-1].spaceAfter)])

    def _section(self, pair: tuple[Words, Words], size: float) -> list[TaggedFlowable]:
        """Return the heading with the first rows, then row after row, a thin line above each but the first."""
        hers, other = pair
        palette, rows = self._shape.palette, self._rows
        heading = rows.pictured(
            (hers.heading, other.heading), size, hers.picture, colour=palette.accent, after=size * 0.2
        )
        lines: list[TaggedFlowable] = [
            rows.row(texts, size, colour=palette.ink) for texts in zip(hers.plain_lines, other.plain_lines, strict=True)
        ]
        ruled = [
            lines[0],
            *(Stack([Rule(palette.line, thickness=0.5, space_after=size * 0.2), row]) for row in lines[1:]),
        ]
        for row in ruled:
            row.spaceAfter = size * 0.25
        ruled[-1].spaceAfter = size
        first = [heading, *ruled[:_TOGETHER]]
        return [Stack(first, space_after=first[-1].spaceAfter), *ruled[_TOGETHER:]]


def _foot(wording: Wording, page: int, pages: int) -> list[str]:
    """Return mark, small print and page number in one language."""
    shown = [*wording.intro, *wording.hours.marked_lines]
    shown += [line for words in wording.sections for line in words.marked_lines]
    if wording.numbers_first:
        shown += [*wording.emergency.marked_lines, *wording.hotline.marked_lines]
    number = [wording.page_number(page, pages)] if pages > 1 else []
    return [*small_print(wording, shown), *number]
