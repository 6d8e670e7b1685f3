"""Figures as a paper: for each figure its number with a bar for each group, and how it was all counted."""

from __future__ import annotations

from outreach_app.domain.assessment_words import proves_nothing
from outreach_app.domain.figure_words import figure_name, for_whom, how_counted, with_unit
from outreach_app.domain.figures import Figure, Figures, worth_showing
from outreach_app.i18n import gettext as _
from outreach_app.reports.figure_lines import FigureWords, about_words, days_words, number_words
from outreach_app.reports.paper import BarRows, Heading, Paragraph, Part, make_paper


def make_pdf(figures: Figures, words: FigureWords) -> bytes:
    """Return the paper; every page says what signs prove: nothing."""
    parts: list[Part] = [
        Paragraph(days_words(figures.first, figures.last), "strong"),
        Paragraph(about_words(figures), "muted"),
        Paragraph(for_whom(outside=figures.outside), "strong"),
        *(Paragraph(sentence, "muted") for sentence in how_counted()),
    ]
    if figures.empty:
        parts.append(Paragraph(_("Nothing was written down on these days.")))
    for figure in figures.figures:
        parts += _part(figure, words)
    return make_paper(_("Figures"), parts, footer=proves_nothing())


def _part(figure: Figure, words: FigureWords) -> list[Part]:
    total = with_unit(figure.unit, number_words(figure.total, hidden=figure.hidden), figure.total)
    longest = max((group.count or 0 for group in figure.groups), default=0) or 1
    rows = tuple(
        (words.group(figure.kind, group), number_words(group.count, hidden=True), (group.count or 0) / longest)
        for group in worth_showing(figure)
    )
    bars: list[Part] = [BarRows(rows)] if rows else []
    return [Heading(figure_name(figure.name)), Paragraph(total), *bars]
