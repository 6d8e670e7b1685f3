"""Words shaped once: repeated words of a text, and of the texts after it, cost nothing.

A word is shaped alone, with the space behind it; that gives the same glyphs as shaping it in its sentence, because
the shipped fonts have no rule that looks across a space or from one Chinese character to the next (held by a test).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from outreach_app.typesetting.fonts import Face, Glyph
from outreach_app.typesetting.runs import Kind, kind_of
from outreach_app.typesetting.strokes import Stroke, strokes_of

_HAN = "\u3400-\u9fff"
_SIGNS = "，。、；：？！"  # stay with the character before them: no line begins with one
_PIECES = re.compile(
    f"[^ {_HAN}]+ *|[{_HAN}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*[{_SIGNS}]? *| +"
)
_MOST_WORDS = 4096
_MOST_SHAPERS = 64  # some languages in two weights; to begin another one again costs little
HANGING = " \u200b\u00ad"  # what a line may end with without needing room


@dataclass(frozen=True, eq=False)
class ShapedRun:
    """A word with the space behind it, or a longer run, as drawn: glyphs from left to right, text in reading order."""

    face: Face
    text: str
    rtl: bool
    glyphs: tuple[Glyph, ...]

    @cached_property
    def width(self) -> float:
        """Return the width in em."""
        return sum([glyph.advance for glyph in self.glyphs]) / self.face.em

    @cached_property
    def solid_width(self) -> float:
        """Return the width in em without what may hang out at the end of a line."""
        solid = len(self.text.rstrip(HANGING))
        return self.reach[solid - 1] if solid else 0.0

    @cached_property
    def strokes(self) -> tuple[Stroke, ...]:
        """Return what draws it."""
        return strokes_of(self.face, self.text, self.glyphs, rtl=self.rtl)

    @cached_property
    def glyph_strokes(self) -> tuple[tuple[int, str], ...] | None:
        """Return the strokes if nothing but glyphs is among them, as in most words."""
        glyphs = tuple([stroke for stroke in self.strokes if isinstance(stroke, tuple)])
        return glyphs if len(glyphs) == len(self.strokes) else None

    @cached_property
    def reach(self) -> tuple[float, ...]:
        """Return how far it is, in em and in reading order, from the beginning to before each letter but the first."""
        widths = [0.0] * len(self.text)
        for glyph in self.glyphs:
            widths[glyph.cluster] += glyph.advance / self.face.em
        return tuple(accumulate(widths))


def cut_into_words(text: str) -> list[str]:
    """Return ``text`` in words and Chinese characters, each with its sign and the space behind it."""
    return _PIECES.findall(text)


class _Kinds(dict[str, Kind | None]):
    def __init__(self, faces: tuple[Face, ...]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, word: str) -> Kind | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = kind_of(word, self._faces)
        return found


class Shaper:
    """Shapes words of one face, script, direction and language, and remembers them."""

    def __init__(self, face: Face, script: str | None, *, rtl: bool, language: str) -> None:
        """Begin knowing no word."""
        self._face, self._script, self._rtl, self._language = face, script, rtl, language
        self._known: dict[str, ShapedRun] = {}

    def words(self, text: str) -> list[ShapedRun]:
        """Return ``text`` in words, each with the space behind it, in reading order."""
        return self.shaped(cut_into_words(text))

    def shaped(self, pieces: Sequence[str]) -> list[ShapedRun]:
        """Return words that are cut already."""
        known = self._known
        return [known.get(piece) or self._fresh(piece) for piece in pieces]

    def _fresh(self, piece: str) -> ShapedRun:
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        glyphs = self._face.shape(piece, rtl=self._rtl, language=self._language, script=self._script)
        run = self._known[piece] = ShapedRun(self._face, piece, self._rtl, glyphs)
        return run


class WordStore:
    """Words that were shaped; who sets words about people takes a store of their own and lets it go with the page."""

    def __init__(self) -> None:
        """Begin empty."""
        self._shapers: dict[tuple[Face, str | None, bool, str], Shaper] = {}
        self._kinds: dict[tuple[Face, ...], _Kinds] = {}

    def kinds(self, faces: tuple[Face, ...]) -> Mapping[str, Kind | None]:
        """Return what tells script and face of a word, None where there are several."""
        found = self._kinds.get(faces)
        if found is None:
            found = self._kinds[faces] = _Kinds(faces)
        return found

    def shaper(self, face: Face, script: str | None, *, rtl: bool, language: str) -> Shaper:
        """Return what shapes words of ``face`` in one script, direction and language."""
        key = (face, script, rtl, language)
        found = self._shapers.get(key)
        if found is None:
            if len(self._shapers) >= _MOST_SHAPERS:
                del self._shapers[next(iter(self._shapers))]
            found = self._shapers[key] = Shaper(face, script, rtl=rtl, language=language)
        return found
