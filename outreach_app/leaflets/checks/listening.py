"""A canvas that remembers what was drawn on it, to be compared with what a reader of the file finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.tagging import Element


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or code on a page (from 0)."""

    page: int
    element: Element


@dataclass
class Heard:
    """What was drawn for one leaflet: lines in their order, pictures, and the pages ``first`` to before ``after``."""

    first: int
    after: int = 0
    lines: list[ShapedLine] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


class ListeningCanvas(TaggedCanvas):
    """Draws as any canvas does; ``listening`` yields what is drawn inside."""

    _heard: Heard | None = None

    @contextmanager
    def listening(self) -> Iterator[Heard]:
        """Yield what is drawn inside; a page that was only begun, because of an error, is ended."""
        heard = self._heard = Heard(self.getPageNumber() - 1)
        try:
            yield heard
        finally:
            if not self.pageHasData():  # ReportLab answers the other way round
                self.showPage()
            heard.after = self.getPageNumber() - 1
            self._heard = None

    def hear(self, line: ShapedLine) -> None:
        """Remember a line."""
        if self._heard is not None:
            self._heard.lines.append(line)

    def element(self, tag: str, parent: Element | None = None, *, language: str = "") -> Element:
        """Remember pictures."""
        made = super().element(tag, parent, language=language)
        if tag == "Figure" and self._heard is not None:
            self._heard.figures.append(Figure(self.getPageNumber() - 1, made))
        return made
