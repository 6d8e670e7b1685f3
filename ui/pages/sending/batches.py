"""The third view: every batch with its states as a small timeline, and its receipts behind a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.rows import BatchRow
from ui.pages.sending.batch_row import BatchLines
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words

BATCHES_SHOWN = 20  # at a time


class BatchesView(SendingView):
    """Newest first; older ones are asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = BATCHES_SHOWN
        self.card = Card(_("Batches"), _("Each is sealed for the centre; nobody else can open it."))
        self.nothing = words(_("No batch yet. The first run of sending seals one."))
        self.older = button(_("Older batches"))
        self._rows: QWidget | None = None
        self.card.add(self.nothing)
        self.card.add_row(self.older)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(self.card)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        self.older.clicked.connect(self._more)

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - there are no places within
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and (changes.sending or changes.enrolment):
            self._ask()

    def lines(self) -> tuple[BatchLines, ...]:
        """Return the batches shown, newest first."""
        return () if self._rows is None else tuple(self._rows.findChildren(BatchLines))

    def _ask(self) -> None:
        most = self._shown + 1
        self._context.ask(lambda session: session.sending_states.list_batches(most), self._show, owner=self)

    def _more(self) -> None:
        self._shown += BATCHES_SHOWN
        self._ask()

    def _show(self, batches: Sequence[BatchRow]) -> None:
        before, self._rows = self._rows, QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for row in batches[: self._shown]:
            column.addWidget(BatchLines(self._context, row))
        self.card.column.insertWidget(2, self._rows)
        self._rows.setVisible(bool(batches))
        if before is not None:
            before.hide()
            before.deleteLater()
        self.nothing.setVisible(not batches)
        self.older.setVisible(len(batches) > self._shown)
