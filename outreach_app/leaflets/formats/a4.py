"""The A4 leaflet: one quiet page, the two numbers first and large."""

from __future__ import annotations

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.look import ACCENT, CALM_PANEL, INK, LINE, MUTED, URGENT, URGENT_PANEL, Look, code_of
from outreach_app.leaflets.wording import Wording, Words
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Beside, Panel, Rule, Stack, paint_stack, stack_height
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.pages import A4, Frame, largest_story, mm, set_pages, sizes_between
from outreach_app.typesetting.qr import Modules, QrCode

LARGEST, SMALLEST = 14.0, 12.0  # body size in points; below 12 it is not easy to read any more
_MARGIN_SIDE, _MARGIN_TOP, _MARGIN_BOTTOM = 20 * mm, 14 * mm, 10 * mm
_SMALL_PRINT = 9.5
_SEPARATOR = "  ·  "
_CODE_SIZE = 34 * mm


def set_a4(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set the leaflet on as few pages as its words need; raises TextDoesNotFitError."""
    look = Look(wording.language)
    code = code_of(wording.code_content)
    width = A4[0] - 2 * _MARGIN_SIDE
    footer = _footer(look, wording)
    bottom = _MARGIN_BOTTOM + stack_height(footer, width)
    frame = Frame(_MARGIN_SIDE, bottom + 4 * mm, width, A4[1] - _MARGIN_TOP - bottom - 4 * mm)

    def make(size: float) -> list[TaggedFlowable]:
        return _story(look, wording, code, size)

    def finish(page: TaggedCanvas) -> None:
        paint_stack(page, footer, _MARGIN_SIDE, bottom, width)

    story = largest_story(make, sizes_between(LARGEST, SMALLEST), frame.width, frame.height)
    set_pages(canvas, story or make(SMALLEST), frame, finish)


def _story(look: Look, wording: Wording, code: Modules, size: float) -> list[TaggedFlowable]:
    title = look.text(wording.title, size * 2.0, bold=True, colour=ACCENT, tag="H1", after=size * 0.3)
    intro = [look.text(line, size * 1.07, colour=MUTED, after=size * 0.8) for line in wording.intro]
    sections = [_section(look, words, size) for words in wording.sections]
    numbers = [_emergency(look, wording, size), _hotline(look, wording, code, size)]
    parts = [*numbers, *sections] if wording.numbers_first else [*sections, *numbers]
    parts[-1].spaceAfter = 0
    return [title, *intro, *parts]


def _emergency(look: Look, wording: Wording, size: float) -> Panel:
    words = [_heading(look, wording.emergency.heading, size, after=size * 0.1, colour=URGENT)]
    words += [look.text(line, size) for line in wording.emergency.plain_lines]
    number = look.text(wording.emergency_number, size * 2.9, bold=True, colour=URGENT, centred=True, tight=True)
    side = Beside(words, [number], picture_width=_CODE_SIZE, gap=size, rtl=look.language.rtl)
    return Panel([side], URGENT_PANEL, rtl=look.language.rtl, space_after=size * 0.8)


def _hotline(look: Look, wording: Wording, modules: Modules, size: float) -> Panel:
    number = look.text(wording.hotline_number, size * 2.1, bold=True, colour=ACCENT, after=size * 0.3, tight=True)
    words = [_heading(look, wording.hotline.heading, size, after=size * 0.3), number]
    words += [look.text(line, size, after=size * 0.2) for line in wording.hotline.plain_lines]
    code = QrCode(modules, _CODE_SIZE, wording.code_alternative)
    code.spaceAfter = size * 0.2
    caption = look.text(wording.code_caption, size * 0.8, colour=MUTED, centred=True)
    upper = Beside(words, [code, caption], picture_width=_CODE_SIZE, gap=size, rtl=look.language.rtl)
    upper.spaceAfter = size * 0.5
    hours = [look.text(line, size, after=size * 0.1) for line in wording.hours.plain_lines]
    lower = Stack([_heading(look, wording.hours.heading, size * 0.93, after=size * 0.15, colour=INK, tag="H3"), *hours])
    return Panel([upper, lower], CALM_PANEL, rtl=look.language.rtl, space_after=size * 1.0)


def _section(look: Look, words: Words, size: float) -> Stack:
    heading = _heading(look, words.heading, size, after=size * 0.25)
    return Stack([heading, look.bullets(words.plain_lines, size)], space_after=size * 0.75)


def _heading(
    look: Look, text: str, size: float, *, after: float, colour: Colour = ACCENT, tag: str = "H2"
) -> TaggedFlowable:
    return look.text(text, size * 1.15, bold=True, colour=colour, tag=tag, after=after)


def _footer(look: Look, wording: Wording) -> list[TaggedFlowable]:
    parts: list[TaggedFlowable] = [Rule(LINE, space_after=5)]
    if wording.draft_mark:
        parts.append(look.text(wording.draft_mark, _SMALL_PRINT, bold=True, colour=MUTED, after=1))
    return [*parts, look.text(_SEPARATOR.join(wording.small_print), _SMALL_PRINT, colour=MUTED)]
