"""A paragraph measured once, at no particular size, and cut into shaped lines of a given width."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from outreach_app.typesetting.bidi import embedding_levels, line_levels, visual_order
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.line_breaking import breaks_after_words, letter_ends, line_ends
from outreach_app.typesetting.runs import Letter, Run, common_kind, cut_into_runs, letters_of
from outreach_app.typesetting.shaping import HANGING, ShapedRun, Shaper, WordStore, cut_into_words
from outreach_app.typesetting.spans import Span, joined

__all__ = ["MeasuredParagraph", "ShapedLine", "ShapedRun"]

_SLACK = 1e-6


class ShapedLine(NamedTuple):
    """One line: its text in reading order, its words from left to right, its width in em."""

    text: str
    runs: tuple[ShapedRun, ...]
    width: float


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
        self._store = words or WordStore()
        self._levels = embedding_levels(self.text, 1 if rtl else 0)
        pieces = cut_into_words(self.text)
        self._sole = self._sole_shaper(pieces)
        self._lines: dict[tuple[int, int], ShapedLine] = {}
        self._words = self._sole.shaped(pieces) if self._sole is not None else self._words_of_runs()
        self._starts = list(accumulate([len(word.text) for word in self._words], initial=0))
        self._far = list(accumulate([word.width for word in self._words], initial=0.0))  # em to where each word begins
        self._ends = self._starts[1:] if self._breaks_after_words() else line_ends(self.text, language)
        self._end_reach = self._reach_of(self._ends)

    def _sole_shaper(self, pieces: Sequence[str]) -> Shaper | None:
        """Return what shapes the whole text if it is one run, as nearly every paragraph is, None if it is more."""
        if self._levels.uniform is None or True in self._bold:
            return None
        kinds = set(map(self._store.kinds(self.faces).__getitem__, pieces))
        kind = common_kind(kinds)
        return kind and self._shaper(kind[1] or self.faces[0], kind[0], self._levels.base)

    def _breaks_after_words(self) -> bool:
        return self._sole is not None and breaks_after_words(self.text)

    def _shaper(self, face: Face, script: str | None, level: int) -> Shaper:
        return self._store.shaper(face, script, rtl=bool(level % 2), language=self.language)

    @cached_property
    def _letters(self) -> Sequence[Letter]:
        plain = letters_of(self.text, self.faces)
        if True not in self._bold:
            return plain
        strong = letters_of(self.text, self._bold_faces)
        return [strong[place] if is_bold else plain[place] for place, is_bold in enumerate(self._bold)]

    def _words_of_runs(self) -> list[ShapedRun]:
        """Return the words of the whole text in reading order."""
        runs = cut_into_runs(self._letters, 0, self._levels.levels)
        return [word for run in runs for word in self._shape(run)]

    def _shape(self, run: Run) -> list[ShapedRun]:
        return self._shaper(run.face, run.script, run.level).words(self.text[run.start : run.end])

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in HANGING:
            end -= 1
        return end

    def _reach_of(self, ends: Sequence[int]) -> list[float]:
        """Return how far it is, in em, from the beginning of the text to each of ``ends``, without trailing spaces."""
        if self._starts[1:] == ends:  # lines may end after words, and nowhere else
            return [far + word.solid_width for far, word in zip(self._far, self._words, strict=False)]
        return [self._reach(self._trimmed(0, end)) for end in ends]

    def _reach(self, position: int) -> float:
        word = bisect_right(self._starts, position) - 1
        inside = position - self._starts[word]
        return self._far[word] + (self._words[word].reach[inside - 1] if inside else 0.0)

    @property
    def width(self) -> float:
        """Return the width in em of all of it on one line."""
        return self._end_reach[-1] if self._end_reach else 0.0

    def line(self, start: int, end: int) -> ShapedLine:
        """Return the letters ``start`` to ``end`` shaped as one line, without trailing spaces."""
        end = self._trimmed(start, end)
        known = self._lines.get((start, end))
        if known is None:
            words = tuple(self._line_words(start, end))
            known = ShapedLine(self.text[start:end], words, sum([word.width for word in words]))
            self._lines[start, end] = known
        return known

    def _line_words(self, start: int, end: int) -> list[ShapedRun]:
        """Return the words of a line from left to right."""
        if self._sole is not None:
            words = self._sole_words(self._sole, start, end)
            return words[::-1] if self._levels.base % 2 else words
        runs = cut_into_runs(self._letters, start, line_levels(self._levels, start, end))
        found: list[ShapedRun] = []
        for place in visual_order([run.level for run in runs]):
            words = self._shape(runs[place])
            found += words[::-1] if runs[place].level % 2 else words
        return found

    def _sole_words(self, shaper: Shaper, start: int, end: int) -> list[ShapedRun]:
        """Take the words that are shaped already; the last one loses the space behind it."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if self._starts[first] != start or last <= first:
            return shaper.words(self.text[start:end])
        words = self._words[first:last]
        if self._starts[last] != end:
            words[-1:] = shaper.words(self.text[self._starts[last - 1] : end])
        return words

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
        return ends, self._reach_of(ends)

    def _longest_line(
        self, start: int, width: float, ends: Sequence[int], end_reach: Sequence[float]
    ) -> tuple[ShapedLine, int] | None:
        """Guess by the measured widths, then check by shaping: joining letters may differ at a line's edge."""
        first = bisect_right(ends, start)
        chosen = bisect_right(end_reach, self._reach(start) + width + _SLACK, lo=first) - 1
        for index in range(chosen, first - 1, -1):
            line = self.line(start, ends[index])
            if line.width <= width + _SLACK:
                return line, ends[index]
        return None
