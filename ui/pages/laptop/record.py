"""Who did what on this laptop, newest first; the chain behind it can be verified, and one worker's part looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.audit_rows import AuditNames, AuditRows
from ui.models.paged_rows import PAGE_ROWS
from ui.models.rows import AuditRow, SubjectRow
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.code_box import CodeBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_grid import NO_LIMIT
from ui.widgets.row_table import RowTable
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.auditing import AuditReport
    from outreach_app.services.session import Session

WIDTHS = (150, 150, 300)
FILTER_WIDTH = 220  # pixels
OPENED_BY = {
    "note": ("encounters", "encounter_id"), "contact": ("contacts", "contact_id"), "place": ("places", "place_id"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordPart:
    """Some entries with the names of whom and what they speak of."""

    entries: Sequence[AuditRow]
    workers: Mapping[str, str]
    subjects: Mapping[str, SubjectRow]


def read_part(session: Session, worker: str, before: int | None) -> RecordPart:
    """Read a part of the record; runs on the vault thread."""
    entries = session.auditing.list_entries(limit=PAGE_ROWS, before=before, worker=worker)
    subjects = session.subjects.find_subjects(entry.subject for entry in entries if entry.subject)
    return RecordPart(entries, session.subjects.worker_names(), subjects)


class RecordView(Page):
    """Enter on an entry about a note opens the note."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._names = AuditNames()
        self.rows = AuditRows(self._names, context.program.clock.local_now, self)
        self.rows.more_wanted = lambda _held: self._ask_more()
        self.table = RowTable(self.rows, WIDTHS)
        self.table.setAccessibleName(self.title())
        self.filter = CodeBox([("", _("Everyone"))])
        self.filter.setAccessibleName(_("Whose entries"))
        self.filter.setFixedWidth(FILTER_WIDTH)
        self.verify = button(_("Verify"), icon="check")
        self.result = Banner(close_words=_("Close"))
        self.result.hide()
        self._lay_out()
        self.filter.chosen.connect(lambda _worker: self._ask())
        self.verify.clicked.connect(self._verify)
        self.table.opened.connect(self._open)

    def title(self) -> str:
        return _("Record of use")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - there are no places within
        self._ask()

    def refresh(self, changes: Changes) -> None:  # noqa: ARG002 - whatever changed is one more entry
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        worker = self.filter.value()
        self._context.ask(
            lambda session: read_part(session, worker, None), lambda part: self._show(worker, part), owner=self
        )

    def _ask_more(self) -> None:
        worker, oldest = self.filter.value(), self.rows.entry_at(self.rows.rowCount() - 1).seq
        self._context.ask(
            lambda session: read_part(session, worker, oldest), lambda part: self._add(worker, part), owner=self
        )

    def _show(self, worker: str, part: RecordPart) -> None:
        if worker != self.filter.value():
            return
        self._names.know(part.workers, part.subjects)
        self.filter.set_options([("", _("Everyone")), *sorted(part.workers.items(), key=lambda pair: pair[1])])
        current = self.table.currentIndex()
        chosen = self.rows.id_at(current.row()) if current.isValid() else ""
        self.rows.show_rows(part.entries)
        if part.entries:
            self.table.selectRow(max(0, self.rows.row_of(chosen)))
        self._stack.setCurrentWidget(self.table if part.entries else self._empty)

    def _add(self, worker: str, part: RecordPart) -> None:
        if worker == self.filter.value():
            self._names.know(part.workers, part.subjects)
            self.rows.add_rows(part.entries)

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self._context.ask(lambda session: session.auditing.verify(), self._tell, self._failed, owner=self)

    def _tell(self, report: AuditReport) -> None:
        self.verify.setEnabled(True)
        tone, sentence = verdict(report)
        self.result.say(tone, sentence)
        self.result.show()

    def _failed(self, error: Exception) -> None:
        self.verify.setEnabled(True)
        self._context.messages.tell_error(error)

    def _open(self, row: int) -> None:
        subject = self._names.subjects.get(self.rows.entry_at(row).subject)
        page, place = OPENED_BY.get("" if subject is None else subject.kind, ("", ""))
        if page:
            self._context.go_to(page, {place: self.rows.entry_at(row).subject})

    def _lay_out(self) -> None:
        purpose = words(
            _("Each entry is bound to the one before it. What was changed or cut off later is found by verifying."),
            tone="muted",
        )
        purpose.setMaximumWidth(NO_LIMIT)  # else the row gives the room that is left to the button
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(purpose, 1)
        top.addWidget(self.filter)
        top.addWidget(self.verify)
        self._empty = EmptyState("review", _("No entries"), _("Nothing was written here for this choice yet."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self.result)
        column.addWidget(self._stack, 1)


def verdict(report: AuditReport) -> tuple[str, str]:
    """Return the tone and the sentence for what verifying found."""
    if report.first_bad is None:
        whole = ngettext("{count} entry, whole and in order.", "{count} entries, whole and in order.", report.entries)
        return "calm", whole.format(count=report.entries)
    if report.first_bad > report.entries:
        told = _(
            "Entries are missing at the end, after number {number}. "
            "Tell your supervisor and the centre before you go on."
        )
        return "urgent", told.format(number=report.entries)
    told = _(
        "Entry {number} is not what was written. "
        "Tell your supervisor and the centre; go on working with paper until they have looked."
    )
    return "urgent", told.format(number=report.first_bad)
