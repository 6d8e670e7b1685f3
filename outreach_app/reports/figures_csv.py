"""Figures as CSV: one line a number, each with its unit, days, date and rules; UTF-8 with a mark, as Excel wants it."""

from __future__ import annotations

import csv
import io

from outreach_app.domain.figures import Figures
from outreach_app.i18n import gettext as _
from outreach_app.reports.figure_lines import FigureLine, FigureWords
from outreach_app.reports.table_cells import harmless

Cell = str | float
_MARK = "\ufeff"


def make_csv(figures: Figures, words: FigureWords) -> bytes:
    """Return the file; numbers are written plainly, whatever the interface language."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows((columns(), *table(figures, words)))
    return (_MARK + text.getvalue()).encode()


def columns() -> tuple[str, ...]:
    """Return the names of the columns."""
    return (
        _("Figure"), _("Group"), _("Number"), _("Unit"), _("From"), _("To"), _("As of"), _("Counting rules"),
    )  # fmt: skip


def table(figures: Figures, words: FigureWords) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each number, every text made harmless."""
    about = (figures.first.isoformat(), figures.last.isoformat(), figures.as_of.isoformat(), figures.rules)
    return tuple(
        (harmless(line.figure), harmless(line.group), _number(line), harmless(line.unit), *about)
        for line in words.lines(figures)
    )


def _number(line: FigureLine) -> Cell:
    return harmless(line.shown()) if line.number is None else line.number
