"""The folded leaflet: A4 lying, both sides, folded like the letter Z into six panels of 99 x 210 mm.

Where one reads from the left, the first page shows text 3, text 4 and the cover, the second page text 1, text 2 and
the numbers; where one reads from the right, both the other way round. The printer turns the paper over its short edge:
then text 1 lies behind the cover. Who opens the cover sees text 1 and 2, who opens all sees the numbers beside them,
who turns it over sees text 3 and 4. Folded up, the numbers are the back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats.fold_panels import Paint, cover_panel, numbers_panel, pictures_panel
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.look import ACCENT, MUTED, Look
from outreach_app.leaflets.wording import Wording, Words
from outreach_app.typesetting.balancing import BalancedText
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.imposition import DL_SHEET, draw_fold_marks
from outreach_app.typesetting.layout import Beside, Stack, paint_stack, stack_height
from outreach_app.typesetting.pages import Frame, Story, cut_into_pages, mm, sizes_between
from outreach_app.typesetting.pictures import Picture

LARGEST, SMALLEST = 15.5, 9.5  # body size in points
FEWEST_PANELS, TEXT_PANELS = 2, 4  # the first two are seen together
_PLACES = ((0, 2), (1, 0), (1, 1), (0, 0), (0, 1), (1, 2))  # page and panel of the cover, text 1 to 4, the numbers
_HEAD = _FOOT = 11 * mm
_PICTURE_SIZE = 12 * mm
_BESIDE_NUMBERS = ("phone", "emergency", "hours")  # what the panel with the numbers says in words
_UNCROWDED = 4  # so many pictograms have room on one panel
_ATTEMPTS = ((2, 12.5, False), (2, 12.5, True), (4, 11.0, False), (4, SMALLEST, True))  # panels, smallest size, cut

Panels = list[list[TaggedFlowable]]


def set_z_fold(canvas: TaggedCanvas, wording: Wording, _options: Options) -> None:
    """Set both sides of the paper; raises TextDoesNotFitError."""
    look = Look(wording.language)
    frames = DL_SHEET.frames(_FOOT, _HEAD, rtl=look.language.rtl)
    paints = list(_panels(look, wording, frames[0]))
    canvas.begin_page(DL_SHEET.page)
    parts = [canvas.element("Sect") if paint else None for paint in paints]  # in the order of reading
    for page in (0, 1):
        for paint, part, (own_page, own_frame) in zip(paints, parts, _PLACES, strict=True):
            if paint and part and own_page == page:
                with canvas.inside(part):
                    paint(canvas, frames[own_frame])
        if page == 0:
            draw_fold_marks(canvas, DL_SHEET)
        canvas.showPage()


def _panels(look: Look, wording: Wording, room: Frame) -> Iterator[Paint | None]:
    """Yield what draws each panel in the order of reading; None for one that stays empty."""
    yield cover_panel(look, wording, room)
    texts = _texts(look, wording, room)
    for parts in texts:
        yield partial(_paint_text, parts)
    yield from _free_panels(look, wording, room, TEXT_PANELS - len(texts))
    body = [text for words in wording.sections for text in (words.heading, *words.plain_lines)]
    yield numbers_panel(look, wording, room, [*wording.intro, *body])


def _free_panels(look: Look, wording: Wording, room: Frame, count: int) -> Iterator[Paint | None]:
    """Yield pictograms for the panels no text is left for: a second panel where one would be crowded."""
    rest = [each for each in wording.pictograms if each.picture not in _BESIDE_NUMBERS]
    filled = min(count, -(-len(rest) // _UNCROWDED))
    for left in range(count, 0, -1):
        share = -(-len(rest) // max(1, left - count + filled))
        yield pictures_panel(look, rest[:share], room) if share else None
        rest = rest[share:]


def _paint_text(parts: Story, canvas: TaggedCanvas, frame: Frame) -> None:
    paint_stack(canvas, parts, frame.x, frame.top, frame.width)


def _texts(look: Look, wording: Wording, room: Frame) -> Panels:
    """Return the text in panels of one height, two that are seen together if possible; raises TextDoesNotFitError."""
    for most, smallest, cut in _ATTEMPTS:
        found = _largest(partial(_story, look, wording, cut=cut), sizes_between(LARGEST, smallest), most, room)
        if found:
            return _even(found, room)
    raise TextDoesNotFitError


def _largest(make: Callable[[float], Story], sizes: Sequence[float], most: int, room: Frame) -> Panels:
    """Return the panels in the largest size that needs at most ``most`` of them, none if no size does."""
    found: Panels = []
    low, high = 0, len(sizes)
    while low < high:  # smaller type needs less room
        middle = (low + high) // 2
        panels = _cut(make(sizes[middle]), room)
        if 0 < len(panels) <= most:
            found, high = panels, middle
        else:
            low = middle + 1
    return found


def _cut(story: Story, room: Frame) -> Panels:
    try:
        return cut_into_pages(story, room)
    except TextDoesNotFitError:
        return []  # a word or a section is too large for a panel; it may fit in a smaller size


def _even(panels: Panels, room: Frame) -> Panels:
    """Return the same text in as many panels, two at least, filled as evenly as its parts allow."""
    story = [part for panel in panels for part in panel]
    count = max(len(panels), FEWEST_PANELS)
    low, high = stack_height(story, room.width) / count, room.height
    while high - low > mm:
        middle = (low + high) / 2
        tried = _cut(story, replace(room, height=middle))
        if 0 < len(tried) <= count:
            panels, high = tried, middle
        else:
            low = middle
    return panels


def _story(look: Look, wording: Wording, size: float, *, cut: bool) -> Story:
    title = BalancedText(look.text(wording.title, size * 1.6, bold=True, colour=ACCENT, tag="H1", after=size * 0.4))
    intro = [look.text(line, size * 1.05, colour=MUTED, after=size * 0.6) for line in wording.intro]
    sections = [part for words in wording.sections for part in _section(look, words, size, cut=cut)]
    return [Stack([title, *intro], space_after=size * 0.9), *sections]


def _section(look: Look, words: Words, size: float, *, cut: bool) -> list[TaggedFlowable]:
    """Return a section whole, or cut between its lines; the heading stays with the first."""
    heading = _heading(look, words, size)
    bullets = look.bullets(words.plain_lines, size)
    after = size * 1.1
    if not cut:
        return [Stack([heading, bullets], space_after=after)]
    first, *others = bullets.rows()
    parts = [Stack([heading, first], space_after=first.spaceAfter), *others]
    parts[-1].spaceAfter = after
    return parts


def _heading(look: Look, words: Words, size: float) -> TaggedFlowable:
    text = BalancedText(look.text(words.heading, size * 1.15, bold=True, colour=ACCENT, tag="H2"))
    if not words.picture:
        text.spaceAfter = size * 0.3
        return text
    rtl = look.language.rtl
    picture = Picture(words.picture, _PICTURE_SIZE, ACCENT, rtl=rtl)
    row = Beside([text], [picture], picture_width=_PICTURE_SIZE, gap=3 * mm, rtl=not rtl)
    row.spaceAfter = size * 0.4
    return row
