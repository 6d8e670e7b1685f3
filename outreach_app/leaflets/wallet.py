"""The wallet leaflet: ten cards of 85 x 55 mm on A4, small enough to hide."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.look import ACCENT, LINE, MUTED, URGENT, Look
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.imposition import WALLET_SHEET, set_cards
from outreach_app.typesetting.layout import Beside, Rule, paint_stack
from outreach_app.typesetting.pages import A4, Frame, largest_story, mm, sizes_between
from outreach_app.typesetting.qr import Modules, QrCode

LARGEST, SMALLEST = 9.25, 6.5  # body size in points
_PADDING = 4 * mm
_CODE_SIZE = 20 * mm
_SMALLEST_PRINT = 5.5
_SEPARATOR = "  ·  "


def set_wallet(wording: Wording) -> tuple[bytes, int]:
    """Return the file and its number of pages (one); raises TextDoesNotFitError."""
    look = Look(wording.language)
    code = Modules.of(wording.code_content)
    width, height = WALLET_SHEET.card_width - 2 * _PADDING, WALLET_SHEET.card_height - 2 * _PADDING

    def make(size: float) -> Sequence[TaggedFlowable]:
        return _card(look, wording, code, size)

    story = largest_story(make, sizes_between(LARGEST, SMALLEST), width, height)
    if story is None:
        raise TextDoesNotFitError
    canvas = TaggedCanvas(title=wording.card_title, language=wording.language.code, page_size=A4)

    def paint(page: TaggedCanvas, card: Frame) -> None:
        paint_stack(page, story, card.x + _PADDING, card.top - _PADDING, width)

    set_cards(canvas, WALLET_SHEET, paint)
    return canvas.finished(), 1


def _card(look: Look, wording: Wording, modules: Modules, size: float) -> list[TaggedFlowable]:
    title = look.text(wording.card_title, size * 1.2, bold=True, colour=ACCENT, tag="H1", after=size * 0.2)
    number = look.text(wording.hotline_number, size * 1.75, bold=True, after=size * 0.35, tight=True)
    hours = [look.text(line, size, after=size * 0.1) for line in wording.hours.marked_lines]
    danger = look.text(wording.card_emergency, size * 1.1, bold=True, colour=URGENT)
    code = QrCode(modules, _CODE_SIZE, wording.code_alternative)
    caption = look.text(wording.code_caption, size * 0.85, colour=MUTED, centred=True)
    middle = Beside([title, number, *hours, danger], [code, caption], picture_width=_CODE_SIZE, gap=size * 0.6,
                    rtl=look.language.rtl)
    middle.spaceAfter = size * 0.3
    return [middle, Rule(LINE, thickness=0.4, space_after=size * 0.25), *_small_print(look, wording, size)]


def _small_print(look: Look, wording: Wording, size: float) -> list[TaggedFlowable]:
    marks = [wording.draft_mark] if wording.draft_mark else []
    words = _SEPARATOR.join([*marks, *wording.small_print])
    return [look.text(words, max(_SMALLEST_PRINT, size * 0.75), colour=MUTED)]
