"""The figures of a week or a range of days."""

from ui.pages.figures.page import FiguresPage

__all__ = ["FiguresPage"]
