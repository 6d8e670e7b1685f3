"""A shaped line as PDF text operators, with the letters behind the glyphs where the glyphs alone do not tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from outreach_app.typesetting.embedding import EmbeddedFont
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.shaping import ShapedRun
from outreach_app.typesetting.strokes import number

__all__ = ["Colour", "number", "text_operators"]

Colour = tuple[float, float, float]


def text_operators(
    line: ShapedLine, *, x: float, y: float, size: float, colour: Colour, font_of: Callable[[Face], EmbeddedFont]
) -> str:
    """Return the operators that draw ``line`` at ``x``, ``y`` (baseline, points) in ``size`` points."""
    operators = [f"BT {_shades(colour)} rg 1 0 0 1 {number(x)} {number(y)} Tm"]
    face: Face | None = None
    row: list[str] = []  # hexadecimal text of words that stand side by side
    for run in line.runs:
        if run.face is not face:
            _end_row(operators, row)
            face, font = run.face, font_of(run.face)
            drawn = font.drawn.setdefault(size, {})
            operators.append(f"/{font.internal} {number(size)} Tf")
        text, alone = drawn.get(run) or _draw(run, size, font)
        if alone:
            _end_row(operators, row)
            operators.append(text)
        else:
            row.append(text)
    _end_row(operators, row)
    operators.append("ET")
    return "\n".join(operators)


@lru_cache(maxsize=64)
def _shades(colour: Colour) -> str:
    return " ".join([number(shade) for shade in colour])


def _end_row(operators: list[str], row: list[str]) -> None:
    if row:
        operators.append(_row("".join(row)))
        row.clear()


def _row(text: str) -> str:
    """Return the operator that shows hexadecimal text in which moves stand as ``> -12 <``."""
    return f"[<{text}>] TJ".replace("<>", "")


def _draw(run: ShapedRun, size: float, font: EmbeddedFont) -> tuple[str, bool]:
    """Return a word as hexadecimal text, or as operators that stand alone; once for each document and size."""
    plain = run.glyph_strokes
    if plain is not None:
        drawn = font.drawn[size][run] = "".join([font.codes[stroke] for stroke in plain]), False
        return drawn
    operators: list[str] = []
    row: list[str] = []
    codes, rise = font.codes, 0
    for stroke in run.strokes:
        if isinstance(stroke, tuple):
            row.append(codes[stroke])
        elif isinstance(stroke, int):
            _end_row(operators, row)
            operators.append(f"{number(stroke * size / run.face.em)} Ts")
            rise = stroke
        elif stroke[0] == ">":
            row.append(stroke)
        else:
            _end_row(operators, row)
            operators.append(stroke)
    drawn = font.drawn[size][run] = _finished(operators, row, rise)
    return drawn


def _finished(operators: list[str], row: list[str], rise: int) -> tuple[str, bool]:
    if not operators:
        return "".join(row), False
    _end_row(operators, row)
    if rise:
        operators.append("0 Ts")
    return "\n".join(operators), True
