"""What is in the register, counted: a table by month and setting, leaflets, and totals with their units."""

from __future__ import annotations

from outreach_app.centre.desk.counting import Count, Totals, count
from outreach_app.i18n import gettext as _
from outreach_app.wire.code_lists import load_code_lists
from ui.desk.context import DeskContext
from ui.desk.desk_page import CardsPage
from ui.models.codes import Words, language_name
from ui.models.dates import month_in_words
from ui.models.leaflets import sheet_names
from ui.models.plain_rows import PlainRow, PlainRows
from ui.widgets.card import Card
from ui.widgets.date_words import short_date
from ui.widgets.pairs import pairs
from ui.widgets.row_table import ROW_HEIGHT, RowTable
from ui.widgets.text import QWIDGET_MOST, WrappingLabel, words

MOST_ROWS = 12  # of a table that are seen at once
UNIT_NAMES = 190  # pixels


class FiguresPage(CardsPage):
    """Counts anew each time it is shown."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Figures"))
        self._context = context
        self.told = words(tone="notice")
        self.add(self.told)
        self.totals = Card(_("Altogether"))
        self._units = pairs(())
        self.totals.add(self._units)
        self.rows = PlainRows(
            [_("Month"), _("Setting"), _("Encounters"), _("Contacts"), _("Uses"), _("Tallies")], self
        )
        self.table = RowTable(self.rows, (126, 150, 95, 90, 70))
        self.leaflet_rows = PlainRows([_("Month"), _("Sheet"), _("Language"), _("Copies")], self)
        self.leaflets = RowTable(self.leaflet_rows, (126, 260, 110))
        months, given = Card(_("By month and setting")), Card(_("Leaflets given"))
        months.add(self.table)
        given.add(self.leaflets)
        for card in (self.totals, months, given):
            self.add(card)

    def reread(self) -> None:
        self._context.ask(count, self._show, owner=self)

    def _show(self, counted: Count) -> None:
        told = _("As of {day}, counted by rule {rule}. For the centre only, not for publication.")
        self.told.setText(told.format(day=short_date(counted.as_of), rule=counted.rule_version))
        self._show_totals(counted)
        self._show_rows(counted)

    def _show_totals(self, counted: Count) -> None:
        self.totals.column.removeWidget(self._units)
        self._units.hide()
        self._units.deleteLater()
        self._units = pairs(
            [(f"{name} {number}", _(counted.units[field])) for field, name, number in named(counted.totals)], UNIT_NAMES
        )
        for unit in self._units.findChildren(WrappingLabel):
            if not unit.minimumWidth():  # else the grid gives the room that is left to the names
                unit.setMaximumWidth(QWIDGET_MOST)
        self.totals.add(self._units)

    def _show_rows(self, counted: Count) -> None:
        known, sheets = Words(load_code_lists()), sheet_names()
        self.rows.show_rows(
            [
                PlainRow(
                    f"{row.month} {row.setting}",
                    (
                        month_in_words(row.month), known.of("settings", row.setting), str(row.encounters),
                        str(row.contacts), str(row.uses), str(row.tallies),
                    ),
                )
                for row in counted.rows
            ]
        )
        self.leaflet_rows.show_rows(
            [
                PlainRow(
                    f"{row.month} {row.sheet} {row.language}",
                    (
                        month_in_words(row.month), sheets.get(row.sheet, row.sheet), language_name(row.language),
                        str(row.copies),
                    ),
                )
                for row in counted.leaflets
            ]
        )
        for table, rows in ((self.table, self.rows), (self.leaflets, self.leaflet_rows)):
            fit_height(table, rows.rowCount())


def named(totals: Totals) -> tuple[tuple[str, str, int], ...]:
    """Return each total as (field, its name, number)."""
    return (
        ("encounters", _("Encounters"), totals.encounters),
        ("contacts", _("Contacts"), totals.contacts),
        ("uses", _("Uses"), totals.uses),
        ("tallies", _("Tallies"), totals.tallies),
        ("persons_linked", _("Persons linked"), totals.persons_linked),
        ("not_linkable", _("Not linkable"), totals.not_linkable),
        ("leaflets", _("Leaflets"), totals.leaflets),
    )


def fit_height(table: RowTable, rows: int) -> None:
    """Let a table be as high as its rows, up to a dozen."""
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + ROW_HEIGHT * max(1, min(rows, MOST_ROWS)) + 8)
