"""The poster: few words and one large number, and strips to tear off; fit to hang where anybody reads it."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.small_print import small_print
from outreach_app.leaflets.look import ACCENT, CALM_PANEL, INK, MUTED, URGENT, Look, code_of
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.imposition import TEAR_OFFS, paint_strips
from outreach_app.typesetting.layout import Beside, Panel, paint_stack, stack_height
from outreach_app.typesetting.pages import A4, Frame, Story, largest_story, mm, sizes_between
from outreach_app.typesetting.pictures import Picture
from outreach_app.typesetting.qr import QrCode

LARGEST, SMALLEST = 18.0, 12.0  # size of the hours in points; all else is in proportion
STRIP_LARGEST, STRIP_SMALLEST = 11.0, 7.0  # size of the words on a strip
_SIDE, _HEAD = 18 * mm, 14 * mm
_WIDTH = A4[0] - 2 * _SIDE
_FOOT = TEAR_OFFS.height + 5 * mm
_PICTURE_SIZE, _CODE_SIZE = 40 * mm, 34 * mm
_SMALL_PRINT = 8.5
_STRIP_PADDING = 6 * mm
_ANY_SHEET = "phone"  # the picture of a sheet that has none


def set_poster(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set one page; raises TextDoesNotFitError."""
    look = Look(wording.language)
    foot = _foot(look, wording)
    bottom = _FOOT + stack_height(foot, _WIDTH)
    height = A4[1] - _HEAD - bottom - 4 * mm
    story = largest_story(_story(look, wording), sizes_between(LARGEST, SMALLEST), _WIDTH, height)
    if story is None:
        raise TextDoesNotFitError
    paint_strip = _strip(look, wording)
    canvas.begin_page(A4)
    spare = height - stack_height(story, _WIDTH)
    paint_stack(canvas, story, _SIDE, A4[1] - _HEAD - spare / 2, _WIDTH)
    paint_stack(canvas, foot, _SIDE, bottom, _WIDTH)
    paint_strips(canvas, TEAR_OFFS, paint_strip, rtl=look.language.rtl)
    canvas.showPage()


def _story(look: Look, wording: Wording) -> Callable[[float], Story]:
    name = wording.pictograms[0].picture if wording.pictograms else _ANY_SHEET

    def make(size: float) -> Story:
        picture = Picture(name, _PICTURE_SIZE, ACCENT, rtl=look.language.rtl, align="centre", space_after=size * 0.5)
        texts = [
            look.text(wording.card.title, size * 2.3, bold=True, colour=ACCENT, tag="H1", centred=True, after=size / 2),
            *(look.text(line, size * 1.25, centred=True, after=size / 4) for line in wording.card.lines),
        ]
        texts[-1].spaceAfter = size
        words = [BalancedText(text) for text in texts]
        return [picture, *words, _call(look, wording, size), _danger(look, wording, size)]

    return make


def _call(look: Look, wording: Wording, size: float) -> TaggedFlowable:
    inner = _WIDTH - 2 * CALM_PANEL.padding - CALM_PANEL.bar_width
    heading = look.text(wording.hotline.heading, size * 1.15, bold=True, tag="H2", centred=True, after=size * 0.2)
    number = one_line(look, wording.hotline_number, 60.0, inner, bold=True, colour=ACCENT, tight=True, centred=True)
    number.spaceAfter = size * 0.4
    hours = [look.text(line, size, colour=INK, after=size * 0.15) for line in wording.hours.marked_lines]
    code = QrCode(code_of(wording.code_content), _CODE_SIZE, wording.code_alternative)
    caption = BalancedText(look.text(wording.code_caption, size * 0.8, colour=MUTED, centred=True))
    lower = Beside(hours, [code, caption], picture_width=_CODE_SIZE, gap=size, rtl=look.language.rtl)
    return Panel([heading, number, lower], CALM_PANEL, rtl=look.language.rtl, space_after=size)


def _danger(look: Look, wording: Wording, size: float) -> TaggedFlowable:
    return look.text(wording.card.emergency, size * 1.5, bold=True, colour=URGENT, centred=True)


def _foot(look: Look, wording: Wording) -> list[TaggedFlowable]:
    shown = (*wording.hours.marked_lines, *wording.card.lines)
    return [look.text(line, _SMALL_PRINT, colour=MUTED) for line in small_print(wording, shown)]


def _strip(look: Look, wording: Wording) -> Callable[[TaggedCanvas, Frame], None]:
    """Return what draws one strip: a few quiet words and the number."""
    width = TEAR_OFFS.height - 2 * _STRIP_PADDING
    height = A4[0] / TEAR_OFFS.strips - 6 * mm

    def make(size: float) -> Story:
        label = look.text(wording.tear_off, size, colour=MUTED, centred=True)
        number = one_line(look, wording.hotline_number, size * 1.6, width, bold=True, tight=True, centred=True)
        return [label, number]

    story = largest_story(make, sizes_between(STRIP_LARGEST, STRIP_SMALLEST), width, height)
    if story is None:
        raise TextDoesNotFitError
    own = stack_height(story, width)

    def paint(canvas: TaggedCanvas, strip: Frame) -> None:
        paint_stack(canvas, story, strip.x + _STRIP_PADDING, strip.top - (strip.height - own) / 2, width)

    return paint
