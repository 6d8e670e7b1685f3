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
        for _, word in groupby(clusters_of(run), key=lambda cluster: cluster.text.isspace()):
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
            self._codes.append(f"{code(glyph.number, text):04X}")
            back = own_advance(glyph.number) - glyph.advance
            if back:
                self._move(back * thousandth)

    def _level_rise(self) -> None:
        if self._rise:
            self._flush()
            self._operators.append("0 Ts")
            self._rise = 0

    def _word_ltr(self, word: list[Cluster], font: EmbeddedFont) -> None:
        told = [letters_ltr(font.face, cluster) for cluster in word]
        plain = all(exact for _, exact in told) and not any(cluster.positioned for cluster in word)
        if not plain:
            self._open("".join(cluster.text for cluster in word))
        for cluster, (letters, _) in zip(word, told, strict=True):
            for glyph, text in zip(cluster.glyphs, letters, strict=True):
                self._glyph(glyph, text, font)
        if not plain:
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
        thousandth = 1000 / font.face.em
        if glyph.dy != self._rise:
            self._flush()
            self._operators.append(f"{number(glyph.dy * self._size / font.face.em)} Ts")
            self._rise = glyph.dy
        if glyph.dx:
            self._move(-glyph.dx * thousandth)
        self._codes.append(f"{font.code(glyph.number, letters):04X}")
        back = font.face.own_advance(glyph.number) - glyph.advance + glyph.dx
        if back:
            self._move(back * thousandth)

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
