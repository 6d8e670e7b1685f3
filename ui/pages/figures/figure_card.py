"""One figure: its name, its number with the unit, as of when and by which rules, and its groups as a plain chart."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from outreach_app.domain.figure_words import figure_name, with_unit
from outreach_app.domain.figures import Figure, Figures, Group, week_name, worth_showing
from outreach_app.reports.figure_lines import FigureWords, about_words, number_words
from ui.widgets.card import Card
from ui.widgets.charts import Bar, BarChart, Chart, LineChart
from ui.widgets.text import WrappingLabel

OVER_TIME = frozenset({"days", "weeks"})


class FigureCard(Card):
    """Made for one figure; ``show_figure`` renews it."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure_name(figure.name), parent=parent)
        self.number = WrappingLabel()
        self.number.setProperty("kind", "number")
        self.column.insertWidget(1, self.number)
        kind = LineChart if figure.kind in OVER_TIME else BarChart
        self.chart: Chart = kind(figure_name(figure.name))
        self.add(self.chart)
        self.column.addStretch(1)

    def show_figure(self, figure: Figure, figures: Figures, words: FigureWords) -> None:
        """Show the figure as it was counted."""
        number = number_words(figure.total, hidden=figure.hidden)
        self.number.setText(with_unit(figure.unit, number, figure.total))
        self.say(about_words(figures))
        self.chart.show_bars([
            Bar(words.group(figure.kind, group), None, "") if _to_come(figure, group, figures.as_of)
            else Bar(words.group(figure.kind, group), group.count, number_words(group.count, hidden=True))
            for group in worth_showing(figure)
        ] if figure.total else [])


def _to_come(figure: Figure, group: Group, as_of: date) -> bool:
    """Tell whether a day or week has not come yet: its nought would read as a fall."""
    now = {"days": as_of.isoformat(), "weeks": week_name(as_of)}.get(figure.kind)
    return now is not None and group.code > now and group.count == 0
