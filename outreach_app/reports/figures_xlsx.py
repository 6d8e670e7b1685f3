"""Figures as a spreadsheet: the lines of the CSV on a first sheet, how they were counted on a second."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from outreach_app.domain.figure_words import for_whom, how_counted
from outreach_app.domain.figures import Figures
from outreach_app.i18n import gettext as _
from outreach_app.reports.figure_lines import FigureWords, about_words, days_words
from outreach_app.reports.figures_csv import Cell, columns, table
from outreach_app.reports.table_cells import harmless
from outreach_app.reports.workbook_writing import write_workbook

_WIDTHS = (38, 44, 12, 28, 12, 12, 12, 16)  # characters


def make_xlsx(figures: Figures, words: FigureWords) -> bytes:
    """Return the file; the same figures give the same bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Figures")
    for row in (columns(), *table(figures, words)):
        sheet.append([_cell(value) for value in row])
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_("About"))
    about.column_dimensions["A"].width = 110
    for sentence in _about(figures):
        about.append([_cell(sentence)])
    stream = io.BytesIO()
    write_workbook(book, stream, figures.as_of)
    return stream.getvalue()


def _about(figures: Figures) -> tuple[str, ...]:
    days = days_words(figures.first, figures.last)
    return (days, about_words(figures), for_whom(outside=figures.outside), *how_counted())


def _cell(value: Cell) -> Cell | None:
    return (harmless(value) or None) if isinstance(value, str) else value
