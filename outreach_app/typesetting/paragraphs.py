"""Shaped paragraphs. Text is text: nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.lines import MeasuredParagraph, ShapedLine
from outreach_app.typesetting.operators import Colour, text_operators
from outreach_app.typesetting.shaping import WordStore
from outreach_app.typesetting.spans import Span

BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class TextStyle:
    """How a paragraph looks. ``size`` and spaces in points, ``leading`` as a factor of the size.

    ``bold_faces`` draw the bold spans of a paragraph of spans; ``words`` remembers shaped words.
    """

    faces: tuple[Face, ...]
    size: float
    language: str
    rtl: bool = False
    leading: float = 1.4
    colour: Colour = BLACK
    space_after: float = 0.0
    tag: str = "P"
    align: Literal["start", "centre"] = "start"
    break_words: bool = False
    bold_faces: tuple[Face, ...] = ()
    words: WordStore | None = None

    @property
    def line_height(self) -> float:
        """Return the distance of two baselines in points."""
        return self.size * self.leading


def measure(text: str | Sequence[Span], style: TextStyle) -> MeasuredParagraph:
    """Return ``text`` measured in the faces of ``style``."""
    return MeasuredParagraph(
        text, style.faces, language=style.language, rtl=style.rtl, bold_faces=style.bold_faces or style.faces,
        words=style.words,
    )


class ShapedText(TaggedFlowable):
    """One paragraph; measured once, set at any width and size."""

    def __init__(
        self, text: str | Sequence[Span], style: TextStyle, *, measured: MeasuredParagraph | None = None
    ) -> None:
        """Take the text as it is, or in spans; ``measured`` spares measuring it again at another size."""
        super().__init__()
        self.style = style
        self.spaceAfter = style.space_after
        self.measured = measured or measure(text, style)
        self.lines: tuple[ShapedLine, ...] = ()

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points; raises TextDoesNotFitError if a word is too wide."""
        if not self.lines or self.width != available_width:
            self.lines = self.measured.lines(available_width / self.style.size, break_words=self.style.break_words)
        self.width = available_width
        self.height = len(self.lines) * self.style.line_height
        return self.width, self.height

    @property
    def natural_width(self) -> float:
        """Return the width in points of all of it on one line."""
        return self.measured.width * self.style.size

    def pieces(self, width: float, most_lines: int) -> list[ShapedText]:
        """Return the paragraph at ``width`` points in parts of at most ``most_lines`` lines, so that a page may end."""
        self.wrap(width, 0)
        parts = [self.lines[first : first + most_lines] for first in range(0, len(self.lines), most_lines)]
        return [self._part(lines, last=lines is parts[-1]) for lines in parts]

    def _part(self, lines: tuple[ShapedLine, ...], *, last: bool) -> ShapedText:
        part = ShapedText("", self.style, measured=self.measured)
        part.lines, part.width = lines, self.width
        part.spaceAfter = self.spaceAfter if last else 0.0
        return part

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the lines as one element."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw the lines as one element; text carries its own place, so nothing is moved."""
        with canvas.marked(canvas.element(self.style.tag, language=self.style.language)):
            self.paint_lines(canvas, x, y)

    def paint_lines(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw the lines without tagging them."""
        face, style = self.style.faces[0], self.style
        letters = (face.ascent + face.descent) * style.size
        baseline = y + self.height - (style.line_height - letters) / 2 - face.ascent * style.size
        for line in self.lines:
            start = x + self._start_of(line)
            canvas.hear(line)
            canvas.addLiteral(
                text_operators(line, x=start, y=baseline, size=style.size, colour=style.colour, font_of=canvas.font_of)
            )
            baseline -= style.line_height

    def _start_of(self, line: ShapedLine) -> float:
        free = self.width - line.width * self.style.size
        if self.style.align == "centre":
            return free / 2
        return free if self.style.rtl else 0.0

