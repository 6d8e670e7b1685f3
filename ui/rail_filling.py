"""What stands in the rail: each page with its key, some for supervisors only, and how much waits behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page_table import PageRow
from ui.widgets.rail import Rail, RailRow

if TYPE_CHECKING:
    from outreach_app.domain.sending_reminder import SendingReminder

PLACE_KEYS = tuple(f"Alt+{at}" for at in range(1, 10))


def rail_rows(rows: tuple[PageRow, ...]) -> tuple[RailRow, ...]:
    """Return the rail's rows, each with the key of its own if it has one, in the interface language."""
    return tuple(RailRow(row.name, _(row.label), row.icon, row.key) for row in rows if row.in_rail)


class SupervisorRows(QObject):
    """Shows the rows for supervisors once it is known that one works here, and marks sending on the day it is due."""

    def __init__(self, context: Context, rail: Rail, rows: tuple[PageRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rail = rail
        self._names = [row.name for row in rows if row.for_supervisors and row.in_rail]
        self._show(None)

    def ask(self) -> None:
        """Ask who works here, how much waits for review, and whether it is time to send."""
        self._context.ask(lambda session: session.reminding.due(), self._remind, owner=self)
        if self._names:
            self._context.ask(lambda session: session.reviews.count_waiting(), self._show, owner=self)

    def _remind(self, due: SendingReminder | None) -> None:
        self._rail.set_due("sending", _("time to send") if due is not None else "")

    def _show(self, waiting: int | None) -> None:
        for name in self._names:
            self._rail.show_row(name, shown=waiting is not None)
        self._rail.set_count("review", waiting or 0)


def give_rail_keys(parent: QWidget, rail: Rail, rows: tuple[PageRow, ...], go_to: Callable[[str], object]) -> None:
    """Let Alt with a number lead to the row that stands there now, and a page's own key to it while shown."""
    rail.number_rows(PLACE_KEYS)
    for place, key in enumerate(PLACE_KEYS):
        QShortcut(QKeySequence(key), parent, lambda place=place: _go_to_place(place, rail, go_to))
    for row in rows:
        if row.in_rail and row.key:
            QShortcut(
                QKeySequence(row.key), parent, lambda name=row.name: go_to(name) if rail.shows(name) else None
            )


def _go_to_place(place: int, rail: Rail, go_to: Callable[[str], object]) -> None:
    names = rail.shown_names()
    if place < len(names):
        go_to(names[place])
