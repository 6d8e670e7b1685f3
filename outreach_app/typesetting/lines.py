"""A paragraph measured once, at no particular size, and cut into shaped lines of a given width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from outreach_app.typesetting.bidi import embedding_levels, line_levels, visual_order
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.line_breaking import letter_ends, line_ends
from outreach_app.typesetting.runs import Letter, Run, cut_into_runs, letters_of, sole_letter
from outreach_app.typesetting.shaping import ShapedRun, WordStore
from outreach_app.typesetting.spans import Span, joined

__all__ = ["MeasuredParagraph", "ShapedLine", "ShapedRun"]

_HANGING = " \u200b\u00ad"  # what a line may end with without needing room
_SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class ShapedLine:
    """One line: its text in reading order, its words and spaces from left to right."""

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
        bold_faces: Sequence[Face] = (), words: WordStore | None = None,
    ) -> None:  # fmt: skip
        """Normalise (NFC, one paragraph) and measure ``text``; ``bold_faces`` draw its bold spans.

        ``words`` remembers shaped words from one paragraph to the next.
        """
        self.text, self._bold = joined(text)
        self.faces = tuple(faces)
        self.language = language
        self._bold_faces = tuple(bold_faces)
        self._words = words or WordStore()
        self._levels = embedding_levels(self.text, 1 if rtl else 0)
        self._sole = self._sole_letter()
        self._lines: dict[tuple[int, int], ShapedLine] = {}
        self._reach = self._measure()  # em from the beginning of the text to before each letter
        self._ends = line_ends(self.text, language)
        self._end_reach = [self._reach[self._trimmed(0, end)] for end in self._ends]

    def _sole_letter(self) -> Letter | None:
        """Return script and face of the whole text if it is one run, as nearly every paragraph is."""
        if self._levels.uniform is None or True in self._bold:
            return None
        return sole_letter(self.text, self.faces)

    @cached_property
    def _letters(self) -> Sequence[Letter]:
        plain = letters_of(self.text, self.faces)
        if True not in self._bold:
            return plain
        strong = letters_of(self.text, self._bold_faces)
        return [strong[place] if is_bold else plain[place] for place, is_bold in enumerate(self._bold)]

    def _measure(self) -> list[float]:
        reach = [0.0]
        for run in self._runs(0, len(self.text), self._levels.levels):
            for word in self._shape(run):
                far = reach[-1]
                reach += [far + step for step in word.reach]
        return reach

    def _runs(self, start: int, end: int, levels: Sequence[int]) -> list[Run]:
        if self._sole is not None:
            return [Run(start, end, self._levels.base, self._sole.face, self._sole.script)] if start < end else []
        return cut_into_runs(self._letters, start, levels)

    def _shape(self, run: Run) -> list[ShapedRun]:
        """Return the words of a run in reading order."""
        shaper = self._words.shaper(run.face, run.script, rtl=bool(run.level % 2), language=self.language)
        return shaper.words(self.text[run.start : run.end])

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in _HANGING:
            end -= 1
        return end

    @property
    def width(self) -> float:
        """Return the width in em of all of it on one line."""
        return self._end_reach[-1] if self._end_reach else 0.0

    def line(self, start: int, end: int) -> ShapedLine:
        """Return the letters ``start`` to ``end`` shaped as one line, without trailing spaces."""
        end = self._trimmed(start, end)
        known = self._lines.get((start, end))
        if known is None:
            known = self._lines[start, end] = ShapedLine(self.text[start:end], tuple(self._line_runs(start, end)))
        return known

    def _line_runs(self, start: int, end: int) -> list[ShapedRun]:
        runs = self._runs(start, end, line_levels(self._levels, start, end))
        found: list[ShapedRun] = []
        for place in visual_order([run.level for run in runs]):
            words = self._shape(runs[place])
            found += words[::-1] if runs[place].level % 2 else words
        return found

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
        line = self._longest_line(start, width, self._ends, self._end_reach)
        if line is None and break_words:
            ends, reach = self._letter_ends
            line = self._longest_line(start, width, ends, reach)
        if line is None:
            raise TextDoesNotFitError
        return line

    @cached_property
    def _letter_ends(self) -> tuple[Sequence[int], list[float]]:
        ends = letter_ends(self.text, self.language)
        return ends, [self._reach[self._trimmed(0, end)] for end in ends]

    def _longest_line(
        self, start: int, width: float, ends: Sequence[int], end_reach: Sequence[float]
    ) -> tuple[ShapedLine, int] | None:
        """Guess by the measured widths, then check by shaping: joining letters may differ at a line's edge."""
        first = bisect_right(ends, start)
        chosen = bisect_right(end_reach, self._reach[start] + width + _SLACK, lo=first) - 1
        for index in range(chosen, first - 1, -1):
            line = self.line(start, ends[index])
            if line.width <= width + _SLACK:
                return line, ends[index]
        return None
