"""Paragraphs whose last line holds more than a short word: lines end a little earlier, there are not more of them."""

from __future__ import annotations

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.paragraphs import ShapedText

_SHORT, _SHORT_IN_HEADING = 0.22, 0.45  # of the width: a last line shorter than that looks lost
_NARROWER = (0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)  # of the width: how early lines may end instead


class EvenText(ShapedText):
    """A paragraph that is evened when it is drawn: its height is the same as without."""

    def paint_lines(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw the lines without tagging them."""
        self.lines = self._even()
        super().paint_lines(canvas, x, y)

    def _even(self) -> tuple[ShapedLine, ...]:
        if len(self.lines) < 2 or not self._is_short(self.lines):
            return self.lines
        best = self.lines
        for share in _NARROWER:
            try:
                lines = self.measured.lines(share * self.width / self.style.size)
            except TextDoesNotFitError:
                break  # a long word needs the whole width
            if len(lines) > len(best):
                break
            best = lines
            if not self._is_short(best):
                break
        return best

    def _is_short(self, lines: tuple[ShapedLine, ...]) -> bool:
        least = _SHORT_IN_HEADING if self.style.tag.startswith("H") else _SHORT
        return lines[-1].width * self.style.size < least * self.width
