"""The sheet for people who do not read: large drawings with few words, the two numbers and the code below.

It is also the safest print while nobody has checked the translation: a drawing and a number cannot be mistranslated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.picture_rows import PictureRow
from outreach_app.leaflets.formats.small_print import small_print
from outreach_app.leaflets.look import ACCENT, CALM_PANEL, MUTED, URGENT, URGENT_PANEL, Look, code_of
from outreach_app.leaflets.wording import Caption, Wording
from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.layout import Beside, Panel, Stack, paint_stack, stack_height
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.pages import A4, Story, largest_story, mm, sizes_between
from outreach_app.typesetting.pictures import Picture
from outreach_app.typesetting.qr import QrCode

LARGEST, SMALLEST = 17.0, 10.5  # size of the captions in points
SMALLEST_PICTURE, LARGEST_PICTURE = 30 * mm, 44 * mm
MOST, _MOST_IN_A_ROW = 9, 3
_SIDE, _HEAD, _FOOT = 15 * mm, 12 * mm, 10 * mm
_WIDTH = A4[0] - 2 * _SIDE
_GAP = 5 * mm
_PICTURE_PER_POINT = 2.8 * mm  # how a picture grows with its caption
_CODE_SIZE = 32 * mm
_SMALL_PICTURE = 18 * mm
_SMALL_PRINT, _SMALLEST_HOURS = 8.5, 9.5
_CALM, _URGENT = replace(CALM_PANEL, padding=9.0), replace(URGENT_PANEL, padding=9.0)


def set_pictograms(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set one page; raises TextDoesNotFitError."""
    look = Look(wording.language)
    foot = _foot(look, wording)
    foot_height = stack_height(foot, _WIDTH)
    height = A4[1] - _HEAD - _FOOT - foot_height - 3 * mm
    story = largest_story(_story(look, wording), sizes_between(LARGEST, SMALLEST), _WIDTH, height)
    if story is None:
        raise TextDoesNotFitError
    canvas.begin_page(A4)
    _paint_spread(canvas, story, A4[1] - _HEAD, height)
    paint_stack(canvas, foot, _SIDE, _FOOT + foot_height, _WIDTH)
    canvas.showPage()


def _paint_spread(canvas: TaggedCanvas, story: Story, top: float, height: float) -> None:
    """Draw the parts with the room that is left shared out between them."""
    gap = (height - stack_height(story, _WIDTH)) / (len(story) - 1)
    for part in story:
        own = stack_height([part], _WIDTH)
        part.paint_at(canvas, _SIDE, top - own)
        top -= own + part.spaceAfter + gap


def _story(look: Look, wording: Wording) -> Callable[[float], Story]:
    shown = wording.pictograms[:MOST]
    counts = _rows_of(len(shown))

    def make(size: float) -> Story:
        title = BalancedText(
            look.text(wording.title, size * 1.5, bold=True, colour=ACCENT, tag="H1", centred=True, after=_GAP)
        )
        picture_size = max(SMALLEST_PICTURE, min(LARGEST_PICTURE, size * _PICTURE_PER_POINT))
        cells = [_cell(look, each, picture_size, size) for each in shown]
        ends = list(accumulate(counts))
        rows = [
            PictureRow(cells[end - count : end], counts[0], gap=_GAP, rtl=look.language.rtl, space_after=_GAP)
            for count, end in zip(counts, ends, strict=True)
        ]
        return [title, *rows, _numbers(look, wording, size)]

    return make


def _rows_of(count: int) -> list[int]:
    """Return how many pictures stand in each row: at most three, the fuller rows first."""
    rows = -(-count // _MOST_IN_A_ROW)
    return [count // rows + (row < count % rows) for row in range(rows)]


def _cell(look: Look, caption: Caption, picture_size: float, size: float) -> Sequence[TaggedFlowable]:
    picture = Picture(
        caption.picture, picture_size, ACCENT, rtl=look.language.rtl, align="centre", space_after=size * 0.3
    )
    return [picture, BalancedText(look.text(caption.words, size, bold=True, centred=True))]


def _numbers(look: Look, wording: Wording, size: float) -> TaggedFlowable:
    """Return both numbers, each beside its drawing, and the code."""
    return Stack([_emergency(look, wording, size), _hotline(look, wording, size)])


def _emergency(look: Look, wording: Wording, size: float) -> TaggedFlowable:
    heading = look.text(wording.emergency.heading, size, bold=True, colour=URGENT, tag="H2")
    number = look.text(wording.emergency_number, size * 2.6, bold=True, colour=URGENT, tight=True)
    row = _beside_picture(look, [heading, number], "emergency", URGENT)
    return Panel([row], _URGENT, rtl=look.language.rtl, space_after=3 * mm)


def _hotline(look: Look, wording: Wording, size: float) -> TaggedFlowable:
    heading = BalancedText(look.text(wording.hotline.heading, size, bold=True, colour=ACCENT, tag="H2"))
    room = _WIDTH - 2 * _CALM.padding - _CALM.bar_width - _CODE_SIZE - _SMALL_PICTURE - 2 * _GAP
    number = one_line(look, wording.hotline_number, size * 2.6, room, bold=True, colour=ACCENT, tight=True)
    number.spaceAfter = size * 0.3
    hours = [look.text(line, max(_SMALLEST_HOURS, size * 0.75)) for line in wording.hours.marked_lines]
    row = _beside_picture(look, [heading, number, *hours], "phone", ACCENT)
    code = QrCode(code_of(wording.code_content), _CODE_SIZE, wording.code_alternative)
    caption = BalancedText(
        look.text(wording.code_caption, max(_SMALLEST_HOURS, size * 0.7), colour=MUTED, centred=True)
    )
    whole = Beside([row], [code, caption], picture_width=_CODE_SIZE, gap=_GAP, rtl=look.language.rtl)
    return Panel([whole], _CALM, rtl=look.language.rtl)


def _beside_picture(look: Look, parts: Sequence[TaggedFlowable], name: str, colour: Colour) -> TaggedFlowable:
    picture = Picture(name, _SMALL_PICTURE, colour, rtl=look.language.rtl)
    # the picture stands where reading begins
    return Beside(parts, [picture], picture_width=_SMALL_PICTURE, gap=_GAP, rtl=not look.language.rtl)


def _foot(look: Look, wording: Wording) -> list[TaggedFlowable]:
    return [look.text(line, _SMALL_PRINT, colour=MUTED) for line in small_print(wording, wording.hours.marked_lines)]
