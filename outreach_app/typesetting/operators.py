"""A shaped line as PDF text operators, with the letters behind the glyphs where the glyphs alone do not tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

from outreach_app.typesetting.clusters import Cluster, clusters_of, letters_ltr, letters_rtl, simple_letters
from outreach_app.typesetting.embedding import EmbeddedFont, utf16_hex
from outreach_app.typesetting.fonts import Face, Glyph
from outreach_app.typesetting.lines import ShapedLine, ShapedRun

Colour = tuple[float, float, float]


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Return ``value`` with at most three decimals, as short as it can be written."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def text_operators(
    line: ShapedLine, *, x: float, y: float, size: float, colour: Colour, font_of: Callable[[Face], EmbeddedFont]
) -> str:
    """Return the operators that draw ``line`` at ``x``, ``y`` (baseline, points) in ``size`` points."""
    shades = " ".join(number(shade) for shade in colour)
    writer = _LineWriter([f"BT {shades} rg 1 0 0 1 {number(x)} {number(y)} Tm"], size)
    for run in line.runs:
        writer.run(run, font_of(run.face))
    return writer.finished()


def _is_space(cluster: Cluster) -> bool:
    return cluster.text.isspace()


class _LineWriter:
    """Collects operators; ``_row`` is the TJ array being filled, ``_codes`` its open hexadecimal string."""

    def __init__(self, operators: list[str], size: float) -> None:
        self._operators = operators
        self._size = size
        self._row: list[str] = []
        self._codes: list[str] = []
        self._rise = 0
        self._font: EmbeddedFont | None = None

    def run(self, run: ShapedRun, font: EmbeddedFont) -> None:
        if font is not self._font:
            self._flush()
            self._operators.append(f"/{font.internal} {number(self._size)} Tf")
            self._font = font
        letters = simple_letters(run)
        if letters is not None:
            self._plain(run, letters, font)
            return
        for _, word in groupby(clusters_of(run), key=_is_space):
            if run.rtl:
                self._word_rtl(list(word), font)
            else:
                self._word_ltr(list(word), font)

    def _plain(self, run: ShapedRun, letters: list[str], font: EmbeddedFont) -> None:
        """Draw letters that simply stand side by side: most of what is printed, so it takes the short way."""
        self._level_rise()
        own_advance, code = font.face.own_advance, font.code
        thousandth = 1000 / font.face.em
        for glyph, text in zip(run.glyphs, letters, strict=True):
            self._codes.append(code(glyph.number, text))
            back = own_advance(glyph.number) - glyph.advance
            if back:
                self._move(back * thousandth)

    def _level_rise(self) -> None:
        if self._rise:
            self._flush()
            self._operators.append("0 Ts")
            self._rise = 0

    def _word_ltr(self, word: list[Cluster], font: EmbeddedFont) -> None:
        positioned = any([cluster.positioned for cluster in word])  # noqa: C419 - quicker, and words are short
        if positioned:
            self._open("".join([cluster.text for cluster in word]))
        for cluster in word:
            glyphs = cluster.glyphs
            if len(glyphs) == 1:
                self._glyph(glyphs[0], cluster.text, font)
                continue
            for glyph, text in zip(glyphs, letters_ltr(font.face, cluster), strict=True):
                self._glyph(glyph, text, font)
        if positioned:
            self._close()

    def _word_rtl(self, word: list[Cluster], font: EmbeddedFont) -> None:
        """Readers turn right-to-left words round themselves, so each glyph carries its own letters."""
        for cluster in word:
            for glyph, text in zip(cluster.glyphs, letters_rtl(font.face, cluster), strict=True):
                if text is None:
                    self._open("")
                self._glyph(glyph, text or "\u200b", font)
                if text is None:
                    self._close()

    def _glyph(self, glyph: Glyph, letters: str, font: EmbeddedFont) -> None:
        drawn, _, dx, dy, advance, _ = glyph
        if dy != self._rise:
            self._flush()
            self._operators.append(f"{number(dy * self._size / font.face.em)} Ts")
            self._rise = dy
        face = font.face
        if dx:
            self._move(-dx * 1000 / face.em)
        self._codes.append(font.code(drawn, letters))
        back = face.own_advance(drawn) - advance + dx
        if back:
            self._move(back * 1000 / face.em)

    def _move(self, thousandths: float) -> None:
        self._end_string()
        self._row.append(number(thousandths))

    def _end_string(self) -> None:
        if self._codes:
            self._row.append(f"<{''.join(self._codes)}>")
            self._codes = []

    def _flush(self) -> None:
        self._end_string()
        if self._row:
            self._operators.append(f"[{' '.join(self._row)}] TJ")
            self._row = []

    def _open(self, text: str) -> None:
        self._flush()
        self._operators.append(f"/Span <</ActualText <FEFF{utf16_hex(text)}>>> BDC")

    def _close(self) -> None:
        self._flush()
        self._operators.append("EMC")

    def finished(self) -> str:
        self._flush()
        self._level_rise()
        self._operators.append("ET")
        return "\n".join(self._operators)
