"""The wallet leaflet: ten cards of 85 x 55 mm on A4, small enough to hide."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.look import ACCENT, LINE, MUTED, URGENT, Look, code_of
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.imposition import WALLET_SHEET, set_cards
from outreach_app.typesetting.layout import Beside, Rule, Stack, paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, Story, largest_story, mm, sizes_between
from outreach_app.typesetting.qr import Modules, QrCode

LARGEST, SMALLEST = 9.25, 6.5  # body size in points
_PADDING = 4 * mm
_CODE_SIZE = 20 * mm
_SMALLEST_PRINT = 5.5
_SEPARATOR = "  ·  "


def set_wallet(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set one page of cards; raises TextDoesNotFitError."""
    look = Look(wording.language)
    code = code_of(wording.code_content)
    width, height = WALLET_SHEET.card_width - 2 * _PADDING, WALLET_SHEET.card_height - 2 * _PADDING

    def make(size: float) -> list[TaggedFlowable]:
        return [_upper(look, wording, code, size), _lower(look, wording, size)]

    story = largest_story(make, sizes_between(LARGEST, SMALLEST), width, height)
    if story is None:
        raise TextDoesNotFitError
    set_cards(canvas, WALLET_SHEET, _painter(story, width, height))


def _painter(story: Story, width: float, height: float) -> Callable[[TaggedCanvas, Frame], None]:
    """Return what draws one card: the small print at its foot, the rest in the middle of what is left."""
    upper, lower = story
    upper_height, lower_height = stack_height([upper], width), stack_height([lower], width)
    spare = max(0.0, height - upper_height - lower_height)

    def paint(canvas: TaggedCanvas, card: Frame) -> None:
        x = card.x + _PADDING
        paint_stack(canvas, [upper], x, card.top - _PADDING - spare / 2, width)
        paint_stack(canvas, [lower], x, card.y + _PADDING + lower_height, width)

    return paint


def _upper(look: Look, wording: Wording, modules: Modules, size: float) -> Beside:
    title = look.text(wording.card.title, size * 1.2, bold=True, colour=ACCENT, tag="H1", after=size * 0.2)
    number = look.text(wording.hotline_number, size * 1.75, bold=True, after=size * 0.35, tight=True)
    hours = [look.text(line, size, after=size * 0.1) for line in wording.hours.marked_lines]
    danger = look.text(wording.card.emergency, size * 1.15, bold=True, colour=URGENT)
    code = QrCode(modules, _CODE_SIZE, wording.code_alternative)
    caption = look.text(wording.code_caption, size * 0.78, colour=MUTED, centred=True)
    words = [title, number, *hours, danger]
    return Beside(words, [code, caption], picture_width=_CODE_SIZE, gap=size * 0.6, rtl=look.language.rtl)


def _lower(look: Look, wording: Wording, size: float) -> Stack:
    small = max(_SMALLEST_PRINT, size * 0.72)
    marks = [wording.draft_mark] if wording.draft_mark else []
    lines = [*marks, _SEPARATOR.join(wording.small_print)]
    rule = Rule(LINE, thickness=0.4, space_after=size * 0.3)
    return Stack([rule, *(look.text(line, small, colour=MUTED) for line in lines)])
