"""What stands in the rail: each page with its key, some for supervisors only, and how much waits behind them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page_table import PageRow
from ui.widgets.rail import Rail, RailRow


def rail_rows(rows: tuple[PageRow, ...]) -> tuple[RailRow, ...]:
    """Return the rail's rows with their keys, in the interface language."""
    keys = rail_keys(rows)
    return tuple(RailRow(row.name, _(row.label), row.icon, keys.get(row.name, "")) for row in rows if row.in_rail)


def rail_keys(rows: tuple[PageRow, ...]) -> dict[str, str]:
    """Return the key of each page in the rail: its own, or Alt with its number among the others."""
    in_rail = [row for row in rows if row.in_rail]
    numbered = [row for row in in_rail if not row.key]
    keys = {row.name: f"Alt+{at}" for at, row in enumerate(numbered[:9], 1)}
    return keys | {row.name: row.key for row in in_rail if row.key}


class SupervisorRows(QObject):
    """Shows the rows for supervisors once it is known that one works here; until then they are not there."""

    def __init__(self, context: Context, rail: Rail, rows: tuple[PageRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rail = rail
        self._names = [row.name for row in rows if row.for_supervisors and row.in_rail]
        self._show(None)

    def ask(self) -> None:
        """Ask who works here and how much waits for review."""
        if self._names:
            self._context.ask(lambda session: session.reviews.count_waiting(), self._show, owner=self)

    def _show(self, waiting: int | None) -> None:
        for name in self._names:
            self._rail.show_row(name, shown=waiting is not None)
        self._rail.set_count("review", waiting or 0)


def give_rail_keys(parent: QWidget, rail: Rail, rows: tuple[PageRow, ...], go_to: Callable[[str], object]) -> None:
    """Let each page's key lead there, as long as its row is shown."""
    for name, key in rail_keys(rows).items():
        QShortcut(QKeySequence(key), parent, lambda name=name: go_to(name) if rail.shows(name) else None)
