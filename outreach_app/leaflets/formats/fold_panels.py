"""The panels of the folded leaflet that hold no running text: the neutral cover, the numbers, pictograms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.small_print import small_print
from outreach_app.leaflets.look import ACCENT, CALM_PANEL, INK, LINE, MUTED, URGENT, URGENT_PANEL, Look, code_of
from outreach_app.leaflets.wording import Caption, Wording
from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Beside, Panel, Rule, paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, Story, largest_story, mm, sizes_between
from outreach_app.typesetting.pictures import Picture
from outreach_app.typesetting.qr import QrCode

Paint = Callable[[TaggedCanvas, Frame], None]

_LARGEST, _SMALLEST = 13.0, 9.5  # body size in points
_COVER_LARGEST = 17.0
_COVER_PICTURE, _COVER_SIZE = "doctor", 40 * mm
_CODE_SIZE = 32 * mm
_SMALL_PRINT = 8.0
_LARGEST_PICTURE, _PICTURE_GAP = 30 * mm, 5 * mm
_LARGEST_CAPTION = 17.0
_CALM, _URGENT = replace(CALM_PANEL, padding=9.0, bar_width=4.0), replace(URGENT_PANEL, padding=9.0, bar_width=4.0)


def cover_panel(look: Look, wording: Wording, room: Frame) -> Paint:
    """Return what draws the cover: health wording, nothing of what lies behind; raises TextDoesNotFitError."""

    def make(size: float) -> Story:
        picture = Picture(
            _COVER_PICTURE, _COVER_SIZE, ACCENT, rtl=look.language.rtl, align="centre", space_after=size * 1.5
        )
        title = look.text(wording.cover.title, size * 1.9, bold=True, colour=ACCENT, centred=True, after=size)
        lines = [look.text(line, size, colour=MUTED, centred=True, after=size * 0.3) for line in wording.cover.lines]
        return [picture, *(BalancedText(text) for text in (title, *lines))]

    story = _fitting(make, _COVER_LARGEST, room.width, room.height)

    def paint(canvas: TaggedCanvas, frame: Frame) -> None:
        spare = frame.height - stack_height(story, frame.width)
        paint_stack(canvas, story, frame.x, frame.top - spare * 0.4, frame.width)

    return paint


def numbers_panel(look: Look, wording: Wording, room: Frame, body: Sequence[str]) -> Paint:
    """Return what draws the two numbers, the hours, the code and the small print; raises TextDoesNotFitError.

    ``body`` holds what the other panels say: a star there is explained here.
    """
    lines = small_print(wording, (*body, *_said(wording)))
    foot = [Rule(LINE, space_after=4), *(look.text(line, _SMALL_PRINT, colour=MUTED) for line in lines)]
    foot_height = stack_height(foot, room.width)

    def make(size: float) -> Story:
        return [_emergency(look, wording, size, room.width), _hotline(look, wording, size, room.width)]

    story = _fitting(make, _LARGEST, room.width, room.height - foot_height - 4 * mm)

    def paint(canvas: TaggedCanvas, frame: Frame) -> None:
        paint_stack(canvas, story, frame.x, frame.top, frame.width)
        paint_stack(canvas, foot, frame.x, frame.y + foot_height, frame.width)

    return paint


def pictures_panel(look: Look, pictograms: Sequence[Caption], room: Frame) -> Paint | None:
    """Return what draws pictograms one below the other with their words beside them, None if the words do not fit."""
    size_of_picture = min(_LARGEST_PICTURE, room.height / len(pictograms) - _PICTURE_GAP)

    def make(size: float) -> Story:
        return [_pictogram(look, each, size_of_picture, size) for each in pictograms]

    height = room.height - _PICTURE_GAP * len(pictograms)
    rows = largest_story(make, sizes_between(_LARGEST_CAPTION, _SMALLEST), room.width, height)
    if rows is None:
        return None

    def paint(canvas: TaggedCanvas, frame: Frame) -> None:
        top, gap = frame.top, (frame.height - stack_height(rows, frame.width)) / len(rows)
        for row in rows:
            paint_stack(canvas, [row], frame.x, top - gap / 2, frame.width)
            top -= stack_height([row], frame.width) + gap

    return paint


def _fitting(make: Callable[[float], Story], largest: float, width: float, height: float) -> Story:
    story = largest_story(make, sizes_between(largest, _SMALLEST), width, height)
    if story is None:
        raise TextDoesNotFitError
    return story


def _pictogram(look: Look, caption: Caption, picture_size: float, size: float) -> TaggedFlowable:
    rtl = look.language.rtl
    picture = Picture(caption.picture, picture_size, ACCENT, rtl=rtl)
    # the picture stands where reading begins
    return Beside(
        [BalancedText(look.text(caption.words, size))],
        [picture],
        picture_width=picture_size,
        gap=_PICTURE_GAP,
        rtl=not rtl,
    )


def _emergency(look: Look, wording: Wording, size: float, width: float) -> Panel:
    words = wording.emergency
    parts: list[TaggedFlowable] = [
        look.text(words.heading, size * 1.15, bold=True, colour=URGENT, tag="H2"),
        one_line(look, wording.emergency_number, size * 2.9, width / 2, bold=True, colour=URGENT, tight=True),
        *(look.text(line, size) for line in words.plain_lines),
    ]
    return Panel(parts, _URGENT, rtl=look.language.rtl, space_after=size * 0.9)


def _hotline(look: Look, wording: Wording, size: float, width: float) -> Panel:
    inner = width - 2 * _CALM.padding - _CALM.bar_width
    number = one_line(look, wording.hotline_number, size * 2.2, inner, bold=True, colour=ACCENT, tight=True)
    number.spaceAfter = size * 0.3
    parts: list[TaggedFlowable] = [
        BalancedText(
            look.text(wording.hotline.heading, size * 1.15, bold=True, colour=ACCENT, tag="H2", after=size * 0.2)
        ),
        number,
        *(look.text(line, size, after=size * 0.2) for line in wording.hotline.plain_lines),
    ]
    parts[-1].spaceAfter = size * 0.6
    heading = look.text(wording.hours.heading, size * 1.05, bold=True, colour=INK, tag="H3", after=size * 0.15)
    hours = [look.text(line, size, after=size * 0.15) for line in wording.hours.plain_lines]
    code = QrCode(code_of(wording.code_content), _CODE_SIZE, wording.code_alternative)
    caption = look.text(wording.code_caption, size * 0.85, colour=MUTED)
    scan = Beside([caption], [code], picture_width=_CODE_SIZE, gap=size * 0.6, rtl=not look.language.rtl)
    hours[-1].spaceAfter = size * 0.6
    return Panel([*parts, heading, *hours, scan], _CALM, rtl=look.language.rtl)


def _said(wording: Wording) -> list[str]:
    groups = (wording.emergency, wording.hotline, wording.hours)
    return [text for words in groups for text in (words.heading, *words.plain_lines)]
