"""The kinds of files figures are taken out as, each made by its own module, which is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from outreach_app.domain.figures import Figures
from outreach_app.reports.figure_lines import FigureWords

_MAKERS = {
    "pdf": "outreach_app.reports.figures_pdf:make_pdf",
    "xlsx": "outreach_app.reports.figures_xlsx:make_xlsx",
    "csv": "outreach_app.reports.figures_csv:make_csv",
}
KINDS = tuple(_MAKERS)


def make_file(kind: str, figures: Figures, words: FigureWords) -> bytes:
    """Return the content of a file of one of the ``KINDS``; what figures may say is decided before."""
    module, name = _MAKERS[kind].split(":")
    make: Callable[[Figures, FigureWords], bytes] = getattr(importlib.import_module(module), name)
    return make(figures, words)


def file_name(kind: str, figures: Figures) -> str:
    """Return a name that says nothing but the days."""
    return f"figures-{figures.first.isoformat()}-{figures.last.isoformat()}.{kind}"
