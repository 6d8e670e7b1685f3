"""The wallet leaflet: ten cards of 85 x 55 mm on A4, small enough to hide; printed on both sides, with words behind.

The front says nothing but where to call. What the sheet is about stands on the back, or on the front where the paper
is printed on one side and there is room for it in letters of a readable size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.one_line import one_line
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.small_print import small_print
from outreach_app.leaflets.look import ACCENT, LINE, MUTED, URGENT, Look, code_of
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.imposition import WALLET_SHEET, set_backs, set_cards
from outreach_app.typesetting.layout import Beside, Rule, Stack, paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, Story, largest_story, mm, sizes_between
from outreach_app.typesetting.pictures import Picture
from outreach_app.typesetting.qr import QrCode

LARGEST, COMFORTABLE, SMALLEST = 9.25, 7.5, 6.5  # body size of the front in points
BACK_LARGEST = 14.0
_PADDING = 4 * mm
_WIDTH, _HEIGHT = WALLET_SHEET.card_width - 2 * _PADDING, WALLET_SHEET.card_height - 2 * _PADDING
_CODE_SIZE = 20 * mm
_PICTURE_SIZE = 20 * mm
_SMALLEST_PRINT, _SMALLEST_MARK = 5.5, 7.0  # what nobody has checked is said in letters everybody can read
_ANY_SHEET = "phone"  # the picture of a sheet that has none

Make = Callable[[float], Story]


def set_wallet(canvas: TaggedCanvas, wording: Wording, options: Options) -> None:
    """Set one page of cards, and a page of their backs if both sides are printed; raises TextDoesNotFitError."""
    look = Look(wording.language)
    front = _front_of(look, wording, () if options.duplex else wording.card.lines)
    canvas.begin_page(WALLET_SHEET.page)
    set_cards(canvas, WALLET_SHEET, _painter(front))
    if options.duplex:
        set_backs(canvas, WALLET_SHEET, _painter(_largest(_back(look, wording), BACK_LARGEST, SMALLEST)))


def _front_of(look: Look, wording: Wording, lines: Sequence[str]) -> Story:
    """Return the front, with ``lines`` of the sheet if they leave letters of a comfortable size."""
    if lines:
        story = largest_story(_front(look, wording, lines), sizes_between(LARGEST, COMFORTABLE), _WIDTH, _HEIGHT)
        if story is not None:
            return story
    return _largest(_front(look, wording, ()), LARGEST, SMALLEST)


def _largest(make: Make, largest: float, smallest: float) -> Story:
    story = largest_story(make, sizes_between(largest, smallest), _WIDTH, _HEIGHT)
    if story is None:
        raise TextDoesNotFitError
    return story


def _painter(story: Story) -> Callable[[TaggedCanvas, Frame], None]:
    """Return what draws one card: the last part at its foot, the rest in the middle of what is left."""
    *upper, lower = story
    spare = max(0.0, _HEIGHT - stack_height(story, _WIDTH))
    lower_height = stack_height([lower], _WIDTH)

    def paint(canvas: TaggedCanvas, card: Frame) -> None:
        x = card.x + _PADDING
        paint_stack(canvas, upper, x, card.top - _PADDING - spare / 2, _WIDTH)
        paint_stack(canvas, [lower], x, card.y + _PADDING + lower_height, _WIDTH)

    return paint


def _front(look: Look, wording: Wording, lines: Sequence[str]) -> Make:
    code = code_of(wording.code_content)
    hours = wording.hours.marked_lines

    def make(size: float) -> Story:
        words_width = _WIDTH - _CODE_SIZE - size * 0.6
        words = [
            BalancedText(
                look.text(wording.card.title, size * 1.2, bold=True, colour=ACCENT, tag="H1", after=size * 0.2)
            ),
            *(look.text(line, size, after=size * 0.1) for line in lines),
            one_line(look, wording.hotline_number, size * 2.1, words_width, bold=True, after=size * 0.25, tight=True),
            *(look.text(line, size, after=size * 0.1) for line in hours),
            look.text(wording.card.emergency, size * 1.15, bold=True, colour=URGENT),
        ]
        caption = BalancedText(look.text(wording.code_caption, size * 0.78, colour=MUTED, centred=True))
        picture = [QrCode(code, _CODE_SIZE, wording.code_alternative), caption]
        upper = Beside(words, picture, picture_width=_CODE_SIZE, gap=size * 0.6, rtl=look.language.rtl)
        upper.spaceAfter = size * 0.3
        return [upper, _foot(look, wording, small_print(wording, (*hours, *lines)), size)]

    return make


def _back(look: Look, wording: Wording) -> Make:
    lines = wording.card.lines or wording.intro
    rtl = look.language.rtl
    name = wording.pictograms[0].picture if wording.pictograms else _ANY_SHEET

    def make(size: float) -> Story:
        words = [BalancedText(look.text(line, size, after=size * 0.4)) for line in lines]
        picture = Picture(name, _PICTURE_SIZE, ACCENT, rtl=rtl)
        # the picture stands where reading begins
        upper = Beside(words, [picture], picture_width=_PICTURE_SIZE, gap=4 * mm, rtl=not rtl)
        upper.spaceAfter = size * 0.4
        return [upper, _foot(look, wording, small_print(wording, lines, contacts=False), min(size, LARGEST))]

    return make


def _foot(look: Look, wording: Wording, lines: Sequence[str], size: float) -> TaggedFlowable:
    if not lines:
        return Stack([])
    small = max(_SMALLEST_PRINT, size * 0.72)
    rows: list[TaggedFlowable] = [Rule(LINE, thickness=0.4, space_after=size * 0.3)]
    for line in lines:
        if line == wording.draft_mark:
            rows.append(BalancedText(look.text(line, max(small, _SMALLEST_MARK), colour=MUTED)))
        else:
            rows.append(look.text(line, small, colour=MUTED))
    return Stack(rows)
