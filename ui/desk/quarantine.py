"""Put aside: single lines of batches that were not taken in, why, and what to do; the settled ones apart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.centre.desk.quarantine import PutAside, list_put_aside
from outreach_app.centre.desk.words import batch_number, record_reason, settled_words, short_number, shown_label
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.desk_page import DeskPage
from ui.desk.incoming_rows import moment
from ui.desk.panel import Panel
from ui.desk.quarantine_words import advice
from ui.models.plain_rows import PlainRow, PlainRows
from ui.widgets.buttons import button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.pairs import pairs
from ui.widgets.row_table import RowTable

OPEN, SETTLED = "open", "settled"
FILTER_WIDTH = 150  # pixels
LONGEST_NAME, REASON = 560, 260  # pixels
CHOICE_WIDTH, NAME_WIDTH = 230, 110  # pixels
ALONE_BELOW = 900  # pixels of the page: narrower, one line stands in place of the list


class PutAsideDetail(Panel):
    """One line: where it came from, why it was put aside, and what to do."""

    laptop_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self._device = ""
        self._pairs = pairs(())
        self.laptop = button(_("The laptop"), icon="laptop")
        self.put(self.laptop)
        self.laptop.clicked.connect(lambda: self.laptop_wanted.emit(self._device))
        self.form.addWidget(self._pairs)

    def show_line(self, one: PutAside, since: str) -> None:
        """Show a line."""
        self._device = one.device
        self.heading.setText(shown_label(one.label))
        self.form.removeWidget(self._pairs)
        self._pairs.hide()
        self._pairs.deleteLater()
        self._pairs = pairs(
            (
                (_("Its number"), short_number(one.device)),
                (_("Its batch"), batch_number(one.seq, one.epoch)),
                (_("Line"), str(one.line)),
                (_("Record"), one.record_id or _("not readable")),
                (_("Since"), since),
                (_("Why"), record_reason(one.reason)),
                (_("State"), settled_words(one.settled)),
            ),
            NAME_WIDTH,
        )
        self.form.addWidget(self._pairs)
        self.step("", self.laptop, fields=True, leave=_("Close"), focus=False)
        self.say(advice(one.reason, one.settled), "calm" if one.settled else "notice")


class QuarantinePage(DeskPage):
    """The rest of a batch went in; these lines alone did not."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._lines: tuple[PutAside, ...] = ()
        self._chosen = ""
        self._wants_keyboard = False
        self.which = ChoiceRow([(OPEN, _("Not settled")), (SETTLED, _("Settled"))], may_be_empty=False)
        self.which.set_value(OPEN)
        self.which.setFixedWidth(CHOICE_WIDTH)
        self.rows = PlainRows([_("Laptop"), _("No."), _("Its batch"), _("Line"), _("Why")], self)
        self.detail = PutAsideDetail()
        self.list = ListAndDetail(
            _("Put aside"), _("Name or number"), None, self._make_table(), self.detail,
            EmptyState("check", _("Nothing was put aside"), _("Every line of every batch went in.")),
            filters=[self.which], filter_width=FILTER_WIDTH, alone_below=ALONE_BELOW,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list.table)
        self.list.table.opened.connect(self._open)
        self.list.filtered.connect(lambda _text: self._show_rows())
        self.which.changed.connect(lambda _code: self._change())
        self.detail.left.connect(self.list.close_detail)
        self.detail.laptop_wanted.connect(lambda device: self._context.go_to("laptops", {"device": device}))

    def _make_table(self) -> RowTable:
        return RowTable(self.rows, (120, 90, 102, 60), most=LONGEST_NAME, last_least=REASON)

    def reread(self) -> None:
        self._context.ask(list_put_aside, self._show, owner=self)

    def focus_first(self) -> None:
        self._wants_keyboard = True
        super().focus_first()

    def go_back(self) -> bool:
        return self.list.close_detail()

    def _show(self, lines: tuple[PutAside, ...]) -> None:
        self._lines = lines
        self.list.show_empty(is_empty=not lines)
        if self._wants_keyboard and not lines:
            self.list.filter.setFocus()
        self._wants_keyboard = False
        self._show_rows()

    def _change(self) -> None:
        self.list.hide_detail()
        self._show_rows()

    def _show_rows(self) -> None:
        settled = self.which.value() == SETTLED
        looked_for = self.list.filter.text().strip().casefold()
        rows = [
            PlainRow(
                key_of(one),
                (
                    shown_label(one.label), short_number(one.device), batch_number(one.seq, one.epoch), str(one.line),
                    record_reason(one.reason),
                ),
            )
            for one in self._lines
            if bool(one.settled) is settled and (looked_for in one.label.casefold() or looked_for in one.device)
        ]
        self.rows.show_rows(rows)
        if rows:
            self.list.table.selectRow(max(0, self.rows.row_of(self._chosen)))

    def _open(self, row: int) -> None:
        self._chosen = self.rows.key_at(row)
        one = next(one for one in self._lines if key_of(one) == self._chosen)
        self.detail.show_line(one, moment(one.since, self._context.home.clock.local_now()))
        self.list.open_detail()
        if self.list.table.isHidden():
            self.detail.take_keyboard()


def key_of(one: PutAside) -> str:
    """Return what tells this line from all others."""
    return f"{one.device}.{one.epoch}.{one.seq}.{one.line}"
