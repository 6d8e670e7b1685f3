"""What the centre counted of this laptop, by month and setting, with its day and rule; for whoever may see figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words, month_in_words
from ui.models.plain_rows import PlainRow, PlainRows
from ui.widgets.card import Card
from ui.widgets.row_table import ROW_HEIGHT, RowTable
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.letters import TeamFigures
    from outreach_app.services.session import Session

WIDTHS = (126, 150, 95, 90, 70)
MOST_ROWS = 24  # of the table that are seen at once
HEAD = 44  # pixels of the table's head and frame


def read_figures_of_centre(session: Session) -> TeamFigures | None:
    """Return the newest figures letter; None where there is none, or not for this worker. Runs on the vault thread."""
    return session.letters.figures() if session.figures.may_see else None


class FromCentreCard(Card):
    """Another count than the one beside it: the centre's, of what has arrived, by its own rules."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("What the centre counted of this laptop"), parent=parent)
        self._context = context
        self._words = Words(context.program.code_lists)
        heads = [_("Month"), _("Where"), _("Encounters"), _("Contacts"), _("Uses"), _("Only counted")]
        self.rows = PlainRows(heads, self)
        self.table = RowTable(self.rows, WIDTHS)
        self.table.setAccessibleName(self.heading.text())
        self.units = words(
            _("Contacts are people as recorded here, each once a month and setting; they cannot be added up. Uses are "
              "visits to a meeting place or health unit. What still lies here or on its way is not in it."),
            tone="muted",
        )  # fmt: skip
        self.add(self.table)
        self.add(self.units)

    def ask(self) -> None:
        """Read the newest letter."""
        self._context.ask(read_figures_of_centre, self._show, owner=self)

    def _show(self, found: TeamFigures | None) -> None:
        rows = () if found is None else tuple(reversed(found.rows))
        self.rows.show_rows([
            PlainRow(f"{row.month} {row.setting}", (
                month_in_words(row.month), self._words.of("settings", row.setting), str(row.encounters),
                str(row.contacts), str(row.uses), str(row.tallies),
            ))
            for row in rows
        ])  # fmt: skip
        self.table.setFixedHeight(HEAD + ROW_HEIGHT * min(MOST_ROWS, len(rows)))
        for part in (self.table, self.units):
            part.setVisible(bool(rows))
        if found is None or found.as_of is None:
            self.say(_("The centre's count comes back with the receipts, some days after the first batch was counted."))
            return
        day = day_in_words(found.as_of, self._context.program.clock.local_now().date())
        self.say(_("As of {day}, by the centre's rule {rule}.").format(day=day, rule=found.rule))
