"""The two numbers of a leaflet in two languages: written once, between or below the words of both."""

from __future__ import annotations

from outreach_app.leaflets.formats.bilingual_rows import BilingualRows
from outreach_app.leaflets.formats.facing import Parts
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.page_flow import Block
from outreach_app.leaflets.formats.page_shape import PageShape
from outreach_app.leaflets.look import code_of
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Panel, PanelLook
from outreach_app.typesetting.qr import QrCode

_GAP = 0.8  # of the body size, between panels


class BilingualNumbers:
    """Makes the panels at any body size; the code is tagged in her language."""

    def __init__(self, rows: BilingualRows, hers: Wording, other: Wording, shape: PageShape) -> None:
        """``rows`` are of the same two languages."""
        self._rows, self._shape = rows, shape
        self._hers, self._other = hers, other

    def large(self, size: float) -> list[Block]:
        """Return a panel for each of the two numbers."""
        return [Block([self._emergency(size)]), Block([self._hotline(size)])]

    def large_at_foot(self, size: float) -> Block:
        """Return both panels for the foot of the last page, where there is room for them."""
        return Block([self._hotline(size), self._emergency(size)], at_foot=True)

    def compact(self, size: float) -> Block:
        """Return one panel with both numbers, for the foot of the last page."""
        small, ink = size * 0.86, self._shape.palette.ink
        hours = zip(self._hers.hours.marked_lines, self._other.hours.marked_lines, strict=True)
        parts = [self._call(size), self._number(size * 1.75), *self._lines([*hours], small, ink)]
        parts[-1].spaceAfter = size * 0.2
        panel = self._panel([*parts, self._code(size, danger=True)], self._shape.palette.calm_panel, size)
        return Block([panel], at_foot=True)

    def _emergency(self, size: float) -> Panel:
        urgent, ink, rows = self._shape.palette.urgent, self._shape.palette.ink, self._rows
        columns: list[Parts] = []
        for look, wording in zip(rows.looks, (self._hers, self._other), strict=True):
            words = wording.emergency
            heading = look.text(words.heading, size * 1.1, bold=True, colour=urgent, tag="H2", after=size * 0.1)
            columns.append([heading, *(look.text(line, size, colour=ink) for line in words.plain_lines)])
        number = rows.looks[0].text(
            self._hers.emergency_number, size * self._shape.danger, bold=True, colour=urgent, centred=True, tight=True
        )
        facing = rows.facing(columns[0], columns[1], [number], middle_width=number.natural_width + size, middled=True)
        return self._panel([facing], self._shape.palette.urgent_panel, size)

    def _hotline(self, size: float) -> Panel:
        hers, other, palette = self._hers, self._other, self._shape.palette
        words = zip(hers.hotline.plain_lines, other.hotline.plain_lines, strict=True)
        hours = zip(hers.hours.plain_lines, other.hours.plain_lines, strict=True)
        parts = [self._call(size), self._number(size * self._shape.number), *self._lines([*words], size, palette.ink)]
        parts[-1].spaceAfter = size * 0.4
        heading = (hers.hours.heading, other.hours.heading)
        parts.append(self._rows.row(heading, size, bold=True, colour=palette.ink, tag="H3", after=size * 0.15))
        parts += self._lines([*hours], size, palette.ink)
        return self._panel([*parts, self._code(size, danger=False)], palette.calm_panel, size)

    def _call(self, size: float) -> TaggedFlowable:
        headings, picture = (self._hers.hotline.heading, self._other.hotline.heading), self._hers.hotline.picture
        return self._rows.pictured(headings, size, picture, colour=self._shape.palette.accent, after=size * 0.1)

    def _lines(
        self, pairs: list[tuple[str, str]], size: float, colour: tuple[float, float, float]
    ) -> list[TaggedFlowable]:
        return [self._rows.row(pair, size, colour=colour, after=size * 0.2) for pair in pairs]

    def _number(self, size: float) -> TaggedFlowable:
        panel = self._shape.palette.calm_panel
        width = self._shape.width - 2 * panel.padding - panel.bar_width
        return one_line(
            self._rows.looks[0], self._hers.hotline_number, size, width, bold=True,
            colour=self._shape.palette.accent, after=size * 0.15, tight=True, centred=True,
        )  # fmt: skip

    def _code(self, size: float, *, danger: bool) -> TaggedFlowable:
        """Return the code between its captions, and between where to call in danger."""
        columns: list[Parts] = []
        for look, wording in zip(self._rows.looks, (self._hers, self._other), strict=True):
            caption = look.text(wording.code_caption, size * 0.86, colour=self._shape.palette.muted)
            urgent = look.text(wording.card.emergency, size * 1.05, bold=True, colour=self._shape.palette.urgent)
            urgent.spaceAfter = size * 0.3
            columns.append([urgent, caption] if danger else [caption])
        side = self._shape.code
        code = QrCode(code_of(self._hers.code_content), side, self._hers.code_alternative)
        return self._rows.facing(columns[0], columns[1], [code], middle_width=side, middled=True)

    def _panel(self, parts: list[TaggedFlowable], look: PanelLook, size: float) -> Panel:
        return Panel(parts, look, rtl=self._rows.looks[0].language.rtl, space_after=size * _GAP)
