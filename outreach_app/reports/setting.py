"""Words of a paper as paragraphs: each in the faces and the direction it needs."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from outreach_app.reports.script import BOX, faces_for, printable, runs_rtl
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle

LINE: Colour = (0.847, 0.859, 0.875)
BAR: Colour = (0.380, 0.569, 0.690)
_INK: Colour = (0.106, 0.118, 0.133)
_TONES = MappingProxyType(
    {"plain": _INK, "strong": _INK, "muted": (0.349, 0.380, 0.420), "accent": (0.118, 0.361, 0.525)}
)
_BOLD = frozenset({"strong", "accent"})
_LONGEST = 3_000  # letters set as one paragraph: a text without a blank is measured again for every line
_LEADING, _HIGH_LEADING = 1.36, 1.5  # Thai and Arabic letters reach further


class Setter:
    """Makes the paragraphs of one paper; ``replaced`` tells whether a letter could not be drawn."""

    box = BOX

    def __init__(self, language: str) -> None:
        """``language`` (BCP 47) is the paper's own."""
        self._language = language
        self.replaced = False

    def text(
        self, words: str, size: float, *, tone: str = "plain", tag: str = "P", after: float = 0
    ) -> list[ShapedText]:
        """Return a paragraph for each line of ``words``, in ``size`` points; none for no words."""
        found = [self._paragraph(line, size, tone, tag) for line in _lines(words)]
        for paragraph in found:
            paragraph.spaceAfter = after
        return found

    def _paragraph(self, line: str, size: float, tone: str, tag: str) -> ShapedText:
        drawn = printable(line)
        self.replaced = self.replaced or drawn.count(BOX) > line.count(BOX)
        faces = faces_for(drawn, bold=tone in _BOLD)
        style = TextStyle(
            faces=faces, size=size, language=self._language, rtl=runs_rtl(drawn), colour=_TONES[tone], tag=tag,
            leading=_LEADING if len(faces) == 1 else _HIGH_LEADING, break_words=True,
        )  # fmt: skip
        return ShapedText(drawn, style)


def _lines(words: str) -> Iterator[str]:
    for line in words.split("\n"):
        rest = line.strip()
        while len(rest) > _LONGEST:
            cut = rest.rfind(" ", 1, _LONGEST)
            cut = cut if cut > 0 else _LONGEST
            yield rest[:cut]
            rest = rest[cut:].lstrip()
        if rest:
            yield rest
