"""The two numbers on a page: large panels where they are what the leaflet is about, otherwise one panel at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.illustrated import Illustrated
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.page_flow import Block
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.look import Look, code_of
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Beside, Panel, PanelLook
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import ShapedText
from outreach_app.typesetting.pictures import Picture
from outreach_app.typesetting.qr import QrCode

_GAP = 0.8  # of the body size, between panels
_CAPTION_SIZES = (0.8, 0.72, 0.64, 0.56)  # of the body size: the largest that no word is too wide for


class NumberParts:
    """Makes the panels at any body size."""

    def __init__(self, look: Look, wording: Wording, shape: PageShape) -> None:
        """``shape`` says how large numbers, codes and pictures are."""
        self._look, self._wording, self._shape = look, wording, shape
        self._rtl = look.language.rtl
        self._indent = shape.picture * 1.3

    def shown(self) -> Iterator[str]:
        """Yield the texts that may carry a star."""
        hours = self._wording.hours
        if not self._wording.numbers_first:
            yield from hours.marked_lines
            return
        for words in (self._wording.emergency, self._wording.hotline, hours):
            yield from (words.heading, *words.plain_lines)

    def large(self, size: float) -> list[Block]:
        """Return a panel for each of the two numbers."""
        return [Block([self._emergency(size)]), Block([self._hotline(size)])]

    def large_at_foot(self, size: float) -> Block:
        """Return both panels for the foot of the last page, where there is room for them."""
        return Block([self._hotline(size), self._emergency(size)], at_foot=True)

    def compact(self, size: float) -> Block:
        """Return one panel with both numbers, for the foot of the last page."""
        wording, shape, small = self._wording, self._shape, size * 0.86
        look, palette = self._look, shape.palette
        heading = self._heading(wording.hotline.heading, size, palette.accent, after=0.15)
        number = self._number(size * 1.75, palette.calm_panel, beside=shape.code * 0.8 + size)
        hours = self._lines(wording.hours.marked_lines, small, after=0.1)
        hours[-1].spaceAfter = size * 0.35
        danger = look.text(wording.card.emergency, size * 1.05, bold=True, colour=palette.urgent)
        call = self._illustrated([heading, number], wording.hotline.picture, palette.accent)
        words = [call, *hours, danger]
        panel = self._panel([self._with_code(words, size, shape.code * 0.8)], palette.calm_panel, size)
        return Block([panel], at_foot=True)

    def _emergency(self, size: float) -> Panel:
        words, shape = self._wording.emergency, self._shape
        urgent = shape.palette.urgent
        parts = [self._heading(words.heading, size, urgent, after=0.1), *self._lines(words.plain_lines, size)]
        number = self._look.text(
            self._wording.emergency_number, size * shape.danger, bold=True, colour=urgent, centred=True, tight=True
        )
        width = number.natural_width + size
        told = self._illustrated(parts, words.picture, urgent)
        side = Beside([told], [number], picture_width=width, gap=size, rtl=self._rtl)
        return self._panel([side], shape.palette.urgent_panel, size)

    def _hotline(self, size: float) -> Panel:
        wording, palette, shape = self._wording, self._shape.palette, self._shape
        heading = self._heading(wording.hotline.heading, size, palette.accent, after=0.2)
        number = self._number(size * shape.number, palette.calm_panel)
        words = self._lines(wording.hotline.plain_lines, size, after=0.2)
        words[-1].spaceAfter = size * 0.5
        words.append(self._heading(wording.hours.heading, size * 0.93, palette.ink, after=0.15, tag="H3"))
        words += self._lines(wording.hours.plain_lines, size, after=0.1)
        upper = self._illustrated([heading, number], wording.hotline.picture, palette.accent)
        upper.spaceAfter = size * 0.3
        return self._panel([upper, self._with_code(words, size, shape.code)], palette.calm_panel, size)

    def _lines(self, texts: Sequence[str], size: float, *, after: float = 0.0) -> list[TaggedFlowable]:
        return [self._look.text(line, size, colour=self._shape.palette.ink, after=size * after) for line in texts]

    def _with_code(self, words: list[TaggedFlowable], size: float, side: float) -> Beside:
        wording = self._wording
        code = QrCode(code_of(wording.code_content), side, wording.code_alternative)
        return Beside(words, [code, self._caption(size, side)], picture_width=side, gap=size, rtl=self._rtl)

    def _caption(self, size: float, width: float) -> TaggedFlowable:
        """Return the words under the code; a word that is wider than the code makes them smaller, not the page."""
        muted = self._shape.palette.muted
        tried = [
            self._look.text(self._wording.code_caption, size * share, colour=muted, centred=True)
            for share in _CAPTION_SIZES
        ]
        return next((caption for caption in tried if _holds_every_word(caption, width)), tried[-1])

    def _number(self, size: float, panel: PanelLook, *, beside: float = 0.0) -> TaggedFlowable:
        """Return the help line's number on one line, as large as there is room."""
        room = self._shape.width - 2 * panel.padding - panel.bar_width
        width = room - beside - (self._indent if self._wording.hotline.picture else 0.0)
        return one_line(
            self._look, self._wording.hotline_number, size, width, bold=True, colour=self._shape.palette.accent,
            after=size * 0.15, tight=True,
        )  # fmt: skip

    def _heading(self, words: str, size: float, colour: Colour, *, after: float, tag: str = "H2") -> TaggedFlowable:
        return self._look.text(words, size * 1.15, bold=True, colour=colour, tag=tag, after=size * after)

    def _illustrated(self, parts: list[TaggedFlowable], picture: str, colour: Colour) -> Illustrated:
        drawing = Picture(picture, self._shape.picture, colour, rtl=self._rtl) if picture else None
        return Illustrated(parts, drawing, indent=self._indent if picture else 0.0, rtl=self._rtl)

    def _panel(self, parts: list[TaggedFlowable], look: PanelLook, size: float) -> Panel:
        return Panel(parts, look, rtl=self._rtl, space_after=size * _GAP)


def _holds_every_word(text: ShapedText, width: float) -> bool:
    try:
        text.measured.lines(width / text.style.size)
    except TextDoesNotFitError:
        return False
    return True
