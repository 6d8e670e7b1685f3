"""The laptops: every one there ever was, which to call about, and the ways to enrol, to help and to revoke."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.device_states import DeviceState, list_states
from outreach_app.centre.desk.facts import begun_enrolment
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.receipts_given import HandedAgain, hand_again
from outreach_app.centre.desk.words import short_number, shown_label
from outreach_app.i18n import gettext as _
from outreach_app.sync.carriers.stick import StickFolder
from ui.desk.context import DeskContext
from ui.desk.desk_page import DeskPage
from ui.desk.enrolling import EnrolPanel
from ui.desk.helping import HelpPanel
from ui.desk.incoming_rows import moment
from ui.desk.laptop_detail import LaptopDetail, status_words
from ui.desk.naming import RenamePanel
from ui.desk.panel import Panel
from ui.desk.revoking import RevokePanel
from ui.desk.stepping_over import StepOverPanel
from ui.file_choosing import choose_folder
from ui.models.plain_rows import PlainRow, PlainRows
from ui.tokens import SPACE_4, SPACE_5
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_table import RowTable

FILTER_WIDTH = 170  # pixels
LONGEST_NAME, LAST_HEARD = 560, 130  # pixels
TASK_WIDTH = 760  # pixels; a line of words that is read easily
ALONE_BELOW = 900  # pixels of the page: narrower, one laptop stands in place of the list


class LaptopsRead(NamedTuple):
    """What the page shows; ``begun`` is the request of an enrolment that is under way."""

    states: tuple[DeviceState, ...]
    gaps: tuple[Gap, ...]
    begun: bytes | None


class LaptopsPage(DeskPage):
    """The list with one laptop beside it; a task stands in place of both, and has the whole page."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._read = LaptopsRead((), (), None)
        self._shown_device = ""
        self._wants_keyboard = False
        self.enrol = primary_button(_("Enrol a laptop …"), "Ctrl+N", icon="plus")
        self.help = button(_("Forgotten passphrase …"), "Ctrl+H", icon="key")
        self.rows = PlainRows([_("Laptop"), _("No."), _("State"), _("To do"), _("Last heard")], self)
        self.detail, self.enrolling = LaptopDetail(), EnrolPanel(context)
        self.helping, self.revoking = HelpPanel(context), RevokePanel(context)
        self.stepping, self.renaming = StepOverPanel(context), RenamePanel(context)
        self.list = ListAndDetail(
            _("Laptops"), _("Name or number"), self.enrol, self._make_table(), self.detail,
            EmptyState("laptop", _("No laptop yet"), _("A laptop is enrolled by its request file. Ctrl+N begins.")),
            filters=[self.help], filter_width=FILTER_WIDTH, alone_below=ALONE_BELOW,
        )  # fmt: skip
        self._tasks = QStackedWidget()
        self._whole = QStackedWidget()
        self._lay_out()
        self._connect()

    def shown(self, place: Mapping[str, str]) -> None:
        if "device" in place:
            self._shown_device = place["device"]
            self._open_detail()
        self.reread()

    def reread(self) -> None:
        self._context.ask(read_laptops, self._show, owner=self)

    def focus_first(self) -> None:
        task = self._task()
        if task is not None:
            task.take_keyboard()
            return
        self._wants_keyboard = True
        self._take_keyboard()

    def go_back(self) -> bool:
        task = self._task()
        if task is not None:
            if not task.busy:
                task.left.emit()
            return True
        self._shown_device = ""
        return self.list.close_detail()

    def _make_table(self) -> RowTable:
        return RowTable(self.rows, (110, 90, 82, 118), most=LONGEST_NAME, last_least=LAST_HEARD)

    def _lay_out(self) -> None:
        for task in (self.enrolling, self.helping, self.revoking, self.stepping, self.renaming):
            self._tasks.addWidget(task)
            task.left.connect(partial(self._close_task, task))
        self._tasks.setMaximumWidth(TASK_WIDTH)
        self._tasks.setContentsMargins(SPACE_5 - SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self._whole.addWidget(self.list)
        self._whole.addWidget(self._tasks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)

    def _task(self) -> Panel | None:
        """Return the task in front, if there is one."""
        task = self._tasks.currentWidget() if self._whole.currentWidget() is self._tasks else None
        return task if isinstance(task, Panel) else None

    def _take_keyboard(self) -> None:
        """Put the keyboard on what is there: the laptop that has the page, the list, or the first thing to do."""
        begins = not self._read.states or self._read.begun is not None
        if self.list.table.isHidden():
            self.detail.take_keyboard()
        else:
            (self.enrol if begins else self.list.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.list.table.opened.connect(self._open_row)
        self.list.filtered.connect(lambda _text: self._show(self._read))
        self.enrol.clicked.connect(self._begin_enrolling)
        self.help.clicked.connect(self._begin_helping)
        self.enrolling.enrolled.connect(self._note_enrolled)
        self.detail.left.connect(self._close_detail)
        self.detail.revoke_wanted.connect(self._begin_revoking)
        self.detail.rename_wanted.connect(self._begin_renaming)
        self.detail.receipts_wanted.connect(self._choose_stick)
        self.detail.step_wanted.connect(self._begin_stepping)
        self.stepping.stepped.connect(partial(self._close_task, self.stepping, done=True))
        self.revoking.revoked.connect(partial(self._close_task, self.revoking, done=True))
        self.renaming.renamed.connect(partial(self._close_task, self.renaming, done=True))

    def _open_row(self, row: int) -> None:
        self.shown({"device": self.rows.key_at(row)})

    def _open_detail(self) -> None:
        self._whole.setCurrentWidget(self.list)
        self.list.open_detail()
        self._wants_keyboard = self._wants_keyboard or self.list.table.isHidden()

    def _close_detail(self) -> None:
        self.go_back()

    def _open_task(self, task: Panel) -> None:
        self._tasks.setCurrentWidget(task)
        self._whole.setCurrentWidget(self._tasks)

    def _close_task(self, task: Panel, *, done: bool = False) -> None:
        """Go back to where the task was begun; a late answer does not close another that stands here by now."""
        if task is not self._task():
            return
        self._whole.setCurrentWidget(self.list)
        begun_by: dict[object, QPushButton] = {
            self.enrolling: self.enrol, self.helping: self.help, self.stepping: self.detail.step_over,
            self.revoking: self.detail.revoke, self.renaming: self.detail.rename,
        }  # fmt: skip
        (self.detail.leave if done else begun_by[task]).setFocus()

    def _begin_enrolling(self) -> None:
        self._open_task(self.enrolling)
        self.enrolling.begin(self._read.begun)

    def _begin_helping(self) -> None:
        self._open_task(self.helping)
        self.helping.begin()

    def _begin_revoking(self, state: DeviceState) -> None:
        self._open_task(self.revoking)
        same = [one for one in self._read.states if one.label.casefold() == state.label.casefold()]
        self.revoking.begin(state, is_unique=len(same) == 1)

    def _begin_renaming(self, state: DeviceState) -> None:
        self._open_task(self.renaming)
        self.renaming.begin(state)

    def _note_enrolled(self, device: str) -> None:
        self._shown_device = device

    def _begin_stepping(self, gap: Gap) -> None:
        self._open_task(self.stepping)
        self.stepping.begin(gap)

    def write_receipts(self, device: str, stick: Path) -> None:
        """Write all receipts of a laptop, and its letters, onto a stick: the same bytes as before."""
        self._context.change(lambda desk: hand_again(desk, StickFolder(stick), device), self._written, owner=self)

    def _choose_stick(self, state: DeviceState) -> None:
        stick = choose_folder(self, _("The stick for this laptop"))
        if stick is not None:
            self.write_receipts(state.device, stick)

    def _written(self, handed: HandedAgain) -> None:
        said = _("On the stick: {receipts} receipts and {letters} letters. It may be pulled out.")
        self._context.messages.say(said.format(receipts=handed.receipts, letters=handed.letters))

    def _show(self, read: LaptopsRead) -> None:
        self._read = read
        now = self._context.home.clock.local_now()
        looked_for = self.list.filter.text().strip().casefold()
        row = self.list.table.currentIndex().row()
        chosen = self._shown_device or (self.rows.key_at(row) if row >= 0 else "")
        self.rows.show_rows(
            [
                PlainRow(
                    one.device,
                    (
                        shown_label(one.label), short_number(one.device), status_words(one.status),
                        _("Call its team") if one.is_suspicious and one.status == "enrolled" else "",
                        moment(one.last_heard, now) if one.last_heard else _("never"),
                    ),
                )
                for one in read.states
                if looked_for in one.label.casefold() or looked_for in one.device
            ]
        )
        self.list.show_empty(is_empty=not read.states)
        self.list.table.selectRow(max(0, self.rows.row_of(chosen)))
        self.enrol.setText(_("Enrol a laptop …") if read.begun is None else _("Go on enrolling …"))
        self._show_detail()
        if self._wants_keyboard:
            self._wants_keyboard = False
            self._take_keyboard()

    def _show_detail(self) -> None:
        state = next((one for one in self._read.states if one.device == self._shown_device), None)
        if state is None or self.detail.isHidden():
            return
        gaps = [gap for gap in self._read.gaps if gap.device == state.device]
        self.detail.show_state(state, gaps, self._context.home.clock.local_now())


def read_laptops(desk: Desk) -> LaptopsRead:
    """Read what the page shows; runs on the vault thread."""
    with desk.vault.read():
        return LaptopsRead(list_states(desk), list_gaps(desk), begun_enrolment(desk))
