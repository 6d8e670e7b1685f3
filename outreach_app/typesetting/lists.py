"""Lists with a bullet or a number before each item, tagged as lists; a page may end between items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.flowable import TaggedFlowable
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.layout import paint_stack, stack_height
from outreach_app.typesetting.lines import MeasuredParagraph
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import BLACK, ShapedText, TextStyle
from outreach_app.typesetting.tagging import Element

_BULLET = "•"
_ROOM, _GAP = 1.1, 0.4  # of the size: what a label takes at least, and what stays free behind it


class LabelledList(TaggedFlowable):
    """Paragraphs with a label each. ``rows`` gives them one by one, where the list may go on on the next page."""

    def __init__(
        self, items: Sequence[ShapedText], labels: Sequence[ShapedText], style: TextStyle, *, numbering: str
    ) -> None:
        """``style`` gives the room of the labels and the direction; the space between items is theirs."""
        super().__init__()
        self.items = list(items)
        self.style = style
        self.spaceAfter = style.space_after
        self._numbering = numbering
        self._element: Element | None = None
        widest = max((label.natural_width for label in labels), default=0.0)
        self.indent = max(_ROOM * style.size, widest + _GAP * style.size)
        self._rows = [_Item(self, item, label) for item, label in zip(self.items, labels, strict=True)]

    def rows(self) -> list[TaggedFlowable]:
        """Return the items as flowables of one list."""
        return [*self._rows]

    def element(self, canvas: TaggedCanvas) -> Element:
        """Return the list's own element, made when its first item is drawn."""
        if self._element is None:
            self._element = canvas.element("L")
            self._element.numbering = self._numbering
        return self._element

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        self.width, self.height = available_width, stack_height(self._rows, available_width)
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw the items from the top, as a list of its own each time."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw the items from the top; text carries its own place, so nothing is moved."""
        self._element = None
        paint_stack(canvas, self._rows, x, y + self.height, self.width)


class _Item(TaggedFlowable):
    def __init__(self, whole: LabelledList, item: ShapedText, label: ShapedText) -> None:
        super().__init__()
        self._whole, self._item, self._label = whole, item, label
        self.spaceAfter = item.spaceAfter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return width and height in points."""
        indent = self._whole.indent
        self._label.wrap(indent, available_height)
        self.width = available_width
        self.height = self._item.wrap(available_width - indent, available_height)[1]
        return self.width, self.height

    def paint(self, canvas: TaggedCanvas) -> None:
        """Draw label and words."""
        self.paint_at(canvas, 0.0, 0.0)

    def paint_at(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw label and words; text carries its own place, so nothing is moved."""
        rtl, indent = self._whole.style.rtl, self._whole.indent
        row = canvas.element("LI", self._whole.element(canvas), language=self._item.style.language)
        with canvas.marked(canvas.element("Lbl", row)):
            label_x = x + self.width - indent if rtl else x
            self._label.paint_lines(canvas, label_x, y + self.height - self._label.height)
        with canvas.marked(canvas.element("LBody", row)):
            self._item.paint_lines(canvas, x if rtl else x + indent, y)


@lru_cache(maxsize=64)
def _bullet(faces: tuple[Face, ...], language: str, rtl: bool) -> MeasuredParagraph:
    return MeasuredParagraph(_BULLET, faces, language=language, rtl=rtl)


class BulletList(LabelledList):
    """Paragraphs with a bullet each."""

    def __init__(self, items: Sequence[ShapedText], style: TextStyle, *, bullet_colour: Colour = BLACK) -> None:
        """``style`` gives the bullet's size and direction; the space between items is theirs."""
        look = replace(style, colour=bullet_colour, space_after=0.0)
        bullet = ShapedText(_BULLET, look, measured=_bullet(style.faces, style.language, style.rtl))
        super().__init__(items, [bullet] * len(items), style, numbering="Disc")


class NumberedList(LabelledList):
    """Paragraphs numbered from 1."""

    def __init__(self, items: Sequence[ShapedText], style: TextStyle, *, number_colour: Colour = BLACK) -> None:
        """``style`` gives the numbers' size, faces and direction; the space between items is theirs."""
        look = replace(style, colour=number_colour, space_after=0.0)
        labels = [ShapedText(f"{place}.", look) for place in range(1, len(items) + 1)]
        super().__init__(items, labels, style, numbering="Decimal")
