"""A plain A4 paper from headings, paragraphs and tables: any script, as many pages as it needs, in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from outreach_app.i18n import PSEUDO_LANGUAGE
from outreach_app.i18n import gettext as _
from outreach_app.i18n import language as interface_language
from outreach_app.reports.setting import BAR, LINE, Setter
from outreach_app.typesetting.bars import Bars
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Rule, Stack, paint_stack, stack_height
from outreach_app.typesetting.pages import A4, Frame, cut_into_pages, mm
from outreach_app.typesetting.tables import Table, TableLook, WritingLines

__all__ = ["BarRows", "Blank", "Heading", "Paragraph", "Part", "Rows", "make_paper"]

_SIDE, _TOP, _BOTTOM = 20 * mm, 16 * mm, 12 * mm
_WIDTH = A4[0] - 2 * _SIDE
_TITLE, _HEADING, _BODY, _SMALL = 18.0, 12.5, 10.5, 8.5
_LINES_TOGETHER = 5  # a longer paragraph or cell may go on on the next page


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it stays with what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words as they are; each of their lines begins a new line. ``tone`` is ``plain``, ``muted`` or ``strong``."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: rows of cells, above them the names of the columns or none, and how wide the columns are."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """Ruled lines to write on by hand."""

    lines: int = 3


@dataclass(frozen=True, slots=True)
class BarRows:
    """Plain bars: each row a label, the number as it is written, and the bar's length from 0 to 1."""

    rows: tuple[tuple[str, str, float], ...]


Part = Heading | Paragraph | Rows | Blank | BarRows


def make_paper(title: str, parts: Sequence[Part], *, footer: str) -> bytes:
    """Return the paper as a PDF file; the same words give the same bytes.

    Letters that no shipped font can draw stand as an empty box, and the paper says so at its end.

    Args:
        title: at the top, and the name of the document.
        parts: what it says, from the top.
        footer: small at the end of every page, above its number; empty for none.

    Raises:
        FontMissingError: the installation is damaged.
    """
    shown = "en" if interface_language() == PSEUDO_LANGUAGE else interface_language()
    setter = Setter(shown)
    story = _story(setter, title, parts)
    end = [Rule(LINE, space_after=4), *setter.text(footer, _SMALL, tone="muted", after=2)]
    room = stack_height([*end, *setter.text("1", _SMALL)], _WIDTH) + 2
    frame = Frame(_SIDE, _BOTTOM + room + 4 * mm, _WIDTH, A4[1] - _TOP - _BOTTOM - room - 4 * mm)
    canvas = TaggedCanvas(title=title, language=shown, page_size=A4)
    pages = cut_into_pages(story, frame)
    for number, page in enumerate(pages, start=1):
        paint_stack(canvas, page, frame.x, frame.top, frame.width)
        count = setter.text(_("Page {number} of {count}").format(number=number, count=len(pages)), _SMALL, tone="muted")
        with canvas.copies() if number > 1 else nullcontext():
            paint_stack(canvas, [*end, *count], frame.x, _BOTTOM + room, _WIDTH)
        canvas.showPage()
    return canvas.finished()


def _story(setter: Setter, title: str, parts: Sequence[Part]) -> list[TaggedFlowable]:
    waiting: list[TaggedFlowable] = [*setter.text(title, _TITLE, tone="accent", tag="H1", after=_BODY)]
    story: list[TaggedFlowable] = []
    for part in parts:
        if isinstance(part, Heading):
            waiting += [_gap(), *setter.text(part.text, _HEADING, tone="accent", tag="H2", after=3)]
            continue
        first, *others = _set(setter, part) or [Stack([])]
        story += [Stack([*waiting, first], space_after=first.spaceAfter), *others]
        waiting = []
    story += [Stack(waiting)] if waiting else []
    if setter.replaced:
        words = _("A letter this program has no font for stands as an empty box: {box}").format(box=setter.box)
        story += [_gap(), *setter.text(words, _SMALL, tone="muted")]
    return story


def _gap() -> Stack:
    return Stack([], space_after=_BODY)


def _bars(setter: Setter, part: BarRows) -> list[TaggedFlowable]:
    bars, size = Bars(_WIDTH, BAR), _BODY - 0.5
    found = [
        bars.row(setter.text(label, size), setter.text(number, size), length) for label, number, length in part.rows
    ]
    for end in found[-1:]:
        end.spaceAfter = _BODY
    return found


def _set(setter: Setter, part: Paragraph | Rows | Blank | BarRows) -> list[TaggedFlowable]:
    if isinstance(part, BarRows):
        return _bars(setter, part)
    if isinstance(part, Blank):
        return [WritingLines(part.lines, LINE, space_after=_BODY)]
    if isinstance(part, Paragraph):
        pieces = [
            piece
            for paragraph in setter.text(part.text, _BODY, tone=part.tone, after=2)
            for piece in paragraph.pieces(_WIDTH, _LINES_TOGETHER)
        ]
        for last in pieces[-1:]:
            last.spaceAfter = _BODY / 2
        return [*pieces]
    table = Table(_shares(part), _WIDTH, _LINES_TOGETHER, TableLook(LINE))
    rows = [table.rows_of([setter.text(cell, _SMALL + 0.5, tone="strong") for cell in part.head], tag="TH")]
    rows += [table.rows_of([setter.text(cell, _BODY - 0.5) for cell in row], tag="TD") for row in part.rows]
    found: list[TaggedFlowable] = [piece for row in rows for piece in row]
    for end in found[-1:]:
        end.spaceAfter = _BODY
    return found


def _shares(part: Rows) -> tuple[float, ...]:
    columns = max((len(row) for row in (part.head, *part.rows)), default=1)
    return part.shares or (1.0,) * columns
