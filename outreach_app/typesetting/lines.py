"""A paragraph measured once, at no particular size, and cut into shaped lines of a given width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from outreach_app.typesetting.bidi import embedding_levels, line_levels, visual_order
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import Face, Glyph
from outreach_app.typesetting.line_breaking import letter_ends, line_ends
from outreach_app.typesetting.runs import Letter, Run, cut_into_runs, letters_of
from outreach_app.typesetting.spans import Span, joined

_HANGING = " \u200b\u00ad"  # what a line may end with without needing room
_SLACK = 1e-6


@dataclass(frozen=True)
class ShapedRun:
    """One run as drawn: glyphs from left to right, ``text`` in reading order."""

    face: Face
    text: str
    rtl: bool
    glyphs: tuple[Glyph, ...]

    @cached_property
    def width(self) -> float:
        """Return the width in em."""
        return sum([glyph.advance for glyph in self.glyphs]) / self.face.em


@dataclass(frozen=True)
class ShapedLine:
    """One line: its text in reading order, its runs from left to right, its width in em."""

    text: str
    runs: tuple[ShapedRun, ...]

    @cached_property
    def width(self) -> float:
        """Return the width in em."""
        return sum([run.width for run in self.runs])


class MeasuredParagraph:
    """One paragraph with its levels, its possible line ends and the room each letter needs."""

    def __init__(
        self, text: str | Sequence[Span], faces: Sequence[Face], *, language: str, rtl: bool,
        bold_faces: Sequence[Face] = (),
    ) -> None:  # fmt: skip
        """Normalise (NFC, one paragraph) and measure ``text``; ``bold_faces`` draw its bold spans."""
        self.text, bold = joined(text)
        self.faces = tuple(faces)
        self.language = language
        self._levels = embedding_levels(self.text, 1 if rtl else 0)
        self._flat = not any(self._levels.levels)  # nothing runs right to left: the order is the reading order
        self._letters = self._letters_of(bold, tuple(bold_faces))
        self._ends = line_ends(self.text, language)
        self._shaped: dict[tuple[int, int], ShapedLine] = {}
        self._runs = cut_into_runs(self._letters, 0, self._levels.levels)
        self._whole = [self._shape(run) for run in self._runs]
        self._reach = self._measure()  # em from the beginning of the text to before each letter

    def _letters_of(self, bold: Sequence[bool], bold_faces: tuple[Face, ...]) -> Sequence[Letter]:
        plain = letters_of(self.text, self.faces)
        if not any(bold):
            return plain
        strong = letters_of(self.text, bold_faces)
        return [strong[place] if is_bold else plain[place] for place, is_bold in enumerate(bold)]

    def _measure(self) -> list[float]:
        width_at = [0.0] * len(self.text)
        start = 0
        for run in self._whole:
            em = run.face.em
            for glyph in run.glyphs:
                width_at[start + glyph.cluster] += glyph.advance / em
            start += len(run.text)
        return list(accumulate(width_at, initial=0.0))

    def _shape(self, run: Run) -> ShapedRun:
        rtl = bool(run.level % 2)
        piece = self.text[run.start : run.end]
        return ShapedRun(run.face, piece, rtl, run.face.shape(piece, rtl=rtl, language=self.language))

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in _HANGING:
            end -= 1
        return end

    @property
    def width(self) -> float:
        """Return the width in em of all of it on one line."""
        return self._reach[self._trimmed(0, len(self.text))]

    def line(self, start: int, end: int) -> ShapedLine:
        """Return the letters ``start`` to ``end`` shaped as one line, without trailing spaces."""
        end = self._trimmed(start, end)
        known = self._shaped.get((start, end))
        if known is None:
            known = self._shaped[start, end] = self._fresh_line(start, end)
        return known

    def _fresh_line(self, start: int, end: int) -> ShapedLine:
        levels = [0] * (end - start) if self._flat else line_levels(self._levels, start, end)
        if tuple(levels) == self._levels.levels:  # the whole paragraph, which is already shaped
            runs, shaped = self._runs, self._whole
        else:
            runs = cut_into_runs(self._letters, start, levels)
            shaped = [self._shape(run) for run in runs]
        order = visual_order([run.level for run in runs])
        return ShapedLine(self.text[start:end], tuple(shaped[place] for place in order))

    def lines(self, width: float, *, break_words: bool = False) -> tuple[ShapedLine, ...]:
        """Return the paragraph in lines of at most ``width`` em.

        A word wider than the line raises TextDoesNotFitError, or is cut between letters if ``break_words``.
        """
        found = []
        start = 0
        while start < len(self.text):
            line, start = self._next_line(start, width, break_words=break_words)
            found.append(line)
        return tuple(found)

    def _next_line(self, start: int, width: float, *, break_words: bool) -> tuple[ShapedLine, int]:
        line = self._longest_line(start, width, self._ends)
        if line is None and break_words:
            line = self._longest_line(start, width, letter_ends(self.text, self.language))
        if line is None:
            raise TextDoesNotFitError
        return line

    def _longest_line(self, start: int, width: float, ends: Sequence[int]) -> tuple[ShapedLine, int] | None:
        """Guess by the measured widths, then check by shaping: joining letters may differ at a line's edge."""
        first = bisect_right(ends, start)
        chosen = first - 1
        while chosen + 1 < len(ends) and self._width(start, ends[chosen + 1]) <= width + _SLACK:
            chosen += 1
        for index in range(chosen, first - 1, -1):
            line = self.line(start, ends[index])
            if line.width <= width + _SLACK:
                return line, ends[index]
        return None

    def _width(self, start: int, end: int) -> float:
        return self._reach[self._trimmed(start, end)] - self._reach[start]
