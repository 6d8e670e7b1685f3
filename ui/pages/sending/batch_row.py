"""One batch: what it holds, its timeline, and its receipts, read when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.batch_steps import batch_steps, batch_title, receipt_words
from ui.models.rows import BatchRow
from ui.models.sending_reasons import what_to_do
from ui.tokens import SPACE_1
from ui.widgets.disclosure import Disclosure
from ui.widgets.text import words
from ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from outreach_app.services.receipt_book import KeptReceipt


class BatchLines(QWidget):
    """Receipts are opened with the laptop's key only when somebody wants to see them."""

    def __init__(self, context: Context, row: BatchRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sha512 = row.sha512
        now = context.program.clock.local_now()
        self.title = words(batch_title(row))
        self.timeline = Timeline(batch_steps(row, now.date(), now.tzinfo))
        self.receipts = words(tone="muted")
        self.opener = Disclosure(_("Receipts"), self.receipts)
        self.opener.button.setAccessibleName(_("Receipts of batch {number}").format(number=row.seq))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for part in (self.title, self.timeline, self.opener):
            column.addWidget(part)
        has_receipts = any((row.stored_at, row.ingested_at, row.refused_at))
        self.opener.setVisible(bool(has_receipts))
        self.opener.opened.connect(self._ask)

    def _ask(self) -> None:
        name = self._sha512
        self._context.ask(lambda session: session.receipt_book.list_receipts(name), self._show, owner=self)

    def _show(self, receipts: Sequence[KeptReceipt]) -> None:
        now = self._context.program.clock.local_now()
        lines = [receipt_words(receipt, now) for receipt in receipts]
        lines += [what_to_do(receipt.reason) for receipt in receipts if receipt.reason]
        self.receipts.setText("\n".join(lines))
