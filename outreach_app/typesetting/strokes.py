"""What draws a word, free of size and document: glyphs with the letters behind them, moves, rises and marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from outreach_app.typesetting.clusters import Cluster, clusters_of, letters_ltr, letters_rtl, simple_letters
from outreach_app.typesetting.fonts import Face, Glyph

Stroke = tuple[int, str] | str | int
"""A glyph and its letters; an operator, or a move (``> -12 <``, as it stands inside hexadecimal text); a rise."""


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Return ``value`` with at most three decimals, as short as it can be written."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def utf16_hex(text: str) -> str:
    """Return ``text`` as hexadecimal UTF-16, as PDF tables want it."""
    if len(text) == 1 and text <= "\uffff":
        return f"{ord(text):04X}"
    return text.encode("utf-16-be").hex().upper()


def strokes_of(face: Face, text: str, glyphs: Sequence[Glyph], *, rtl: bool) -> tuple[Stroke, ...]:
    """Return what draws ``glyphs`` (left to right), which stand for ``text`` (reading order)."""
    writer = _Writer(face)
    letters = simple_letters(text, glyphs, rtl=rtl)
    if letters is not None:
        writer.plain(glyphs, letters)
    else:
        for _, word in groupby(clusters_of(text, glyphs), key=_is_space):
            if rtl:
                writer.word_rtl(list(word))
            else:
                writer.word_ltr(list(word))
    return tuple(writer.strokes)


def _is_space(cluster: Cluster) -> bool:
    return cluster.text.isspace()


class _Writer:
    def __init__(self, face: Face) -> None:
        self.strokes: list[Stroke] = []
        self._face = face
        self._rise = 0

    def plain(self, glyphs: Sequence[Glyph], letters: list[str]) -> None:
        """Draw letters that simply stand side by side: most of what is printed."""
        for glyph, text in zip(glyphs, letters, strict=True):
            self.strokes.append((glyph.number, text))
            self._move(self._face.own_advance(glyph.number) - glyph.advance)

    def word_ltr(self, word: list[Cluster]) -> None:
        positioned = any([cluster.positioned for cluster in word])  # noqa: C419 - quicker, and words are short
        if positioned:
            self._open("".join([cluster.text for cluster in word]))
        for cluster in word:
            glyphs = cluster.glyphs
            if len(glyphs) == 1:
                self._glyph(glyphs[0], cluster.text)
                continue
            for glyph, text in zip(glyphs, letters_ltr(self._face, cluster), strict=True):
                self._glyph(glyph, text)
        if positioned:
            self._close()

    def word_rtl(self, word: list[Cluster]) -> None:
        """Readers turn right-to-left words round themselves, so each glyph carries its own letters."""
        for cluster in word:
            for glyph, text in zip(cluster.glyphs, letters_rtl(self._face, cluster), strict=True):
                if text is None:
                    self._open("")
                self._glyph(glyph, text or "\u200b")
                if text is None:
                    self._close()

    def _glyph(self, glyph: Glyph, letters: str) -> None:
        drawn, _, dx, dy, advance, _ = glyph
        if dy != self._rise:
            self.strokes.append(dy)
            self._rise = dy
        self._move(-dx)
        self.strokes.append((drawn, letters))
        self._move(self._face.own_advance(drawn) - advance + dx)

    def _move(self, back: int) -> None:
        if back:
            self.strokes.append(f"> {number(back * 1000 / self._face.em)} <")

    def _open(self, text: str) -> None:
        self.strokes.append(f"/Span <</ActualText <FEFF{utf16_hex(text)}>>> BDC")

    def _close(self) -> None:
        self.strokes.append("EMC")
