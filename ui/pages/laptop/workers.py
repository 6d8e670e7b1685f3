"""Who works on this laptop: the list, adding, removing, access to the health part, and one's own way in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach_app.domain.changes import Changes
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.rows import WorkerRow
from ui.models.worker_words import worker_line
from ui.pages.laptop.adding import AddWorker, NewWorker
from ui.pages.laptop.cards import CardView
from ui.pages.laptop.own_way_in import OwnWayIn
from ui.passphrases import Passphrases, vault_passphrases
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.text import words
from ui.widgets.toggle_row import ToggleRow

if TYPE_CHECKING:
    from outreach_app.services.session import Session

GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class WorkersState:
    """Who is on the laptop, and whether the one at it may add and remove."""

    rows: Sequence[WorkerRow]
    may_manage: bool


def read_workers(session: Session) -> WorkersState:
    """Read what the view shows; runs on the vault thread."""
    return WorkersState(session.workers.list_workers(), session.workers.may_manage)


class WorkersView(CardView):
    """Only one thing is asked at a time; Esc leaves it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._leaving: WorkerRow | None = None
        self._cancel = threading.Event()
        self._rows: Sequence[WorkerRow] = ()
        self.give_up = ToggleRow([(GIVE_UP, _("Give the health parts up: nobody will read them again"))])
        self.list = ListCard(_("Workers on this laptop"), "")
        self.add = button(_("Add a worker"), icon="plus")
        self.who_may = words(_("A supervisor of this laptop adds and removes workers."), tone="muted")
        self.adding, self.removing = AddWorker(), self._removing_panel()
        for part in (self.who_may, self.adding, self.removing):
            self.list.column.addWidget(part)
        self.list.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.own = OwnWayIn(context)
        self.put(self.list, self.own)
        self._ask_nothing()
        self._connect()

    def title(self) -> str:
        return _("Workers")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - there are no places within
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.workers and self.isVisible():
            self._ask()

    def keep_draft_now(self) -> None:
        """Leave no words on show for whoever comes back to this view; what is at work goes on."""
        if not self.removing.busy and not self.adding.busy:
            self._ask_nothing()
        self.own.leave_unless_busy()

    def go_back(self) -> bool:
        if self.adding.isVisible():
            if not self.adding.step_back():
                self._ask_nothing()
            return True
        if self.removing.isVisible():
            self._ask_nothing()
            return True
        return self.own.go_back()

    def _ask(self) -> None:
        self.context.ask(read_workers, self._show, owner=self)

    def _show(self, state: WorkersState) -> None:
        self._rows = state.rows
        own = next((row for row in state.rows if row.own), None)
        self.list.show_rows([self._row(row, own, may_manage=state.may_manage) for row in state.rows])
        self.add.setEnabled(state.may_manage)
        self.who_may.setVisible(not state.may_manage)
        if own is not None:
            self.own.show_worker(own)

    def _row(self, row: WorkerRow, own: WorkerRow | None, *, may_manage: bool) -> ListRow:
        waits = row.role == "health" and not row.has_health
        grants = waits and own is not None and own.has_health
        today = self.context.program.clock.local_now().date()
        return ListRow(
            _("{name} (you)").format(name=isolated(row.name)) if row.own else isolated(row.name),
            worker_line(row, today),
            _("Remove") if may_manage and not row.own else "", lambda: self._ask_removing(row),
            second=_("Give access to health parts") if grants else "", on_second=lambda: self._grant(row),
            tone="notice" if waits else "muted", icon="contacts",
        )  # fmt: skip

    # -- adding -------------------------------------------------------------------------------------------------

    def _begin_adding(self) -> None:
        self.context.tasks.run_free(vault_passphrases, self._ask_new, owner=self)

    def _ask_new(self, passphrases: Passphrases) -> None:
        self._ask_nothing()
        self.add.hide()
        self.adding.show()
        self.adding.begin(passphrases)

    def _add(self, worker: NewWorker) -> None:
        self.context.change(
            lambda session: session.workers.add_worker(worker.name, worker.role, worker.passphrase),
            lambda _changes: self._added(worker.name),
            lambda error: self.adding.refuse(self.context.messages.sentence(error)), owner=self,
        )  # fmt: skip

    def _added(self, name: str) -> None:
        self._done(_("{name} can unlock this laptop now.").format(name=isolated(name)))

    # -- removing -----------------------------------------------------------------------------------------------

    def _ask_removing(self, row: WorkerRow) -> None:
        self._ask_nothing()
        self._leaving = row
        name = isolated(row.name)
        self.removing.heading.setText(_("Remove {name}").format(name=name))
        self.removing.sentence.setText(
            _(
                "The passphrase of {name} then opens nothing on this laptop. The vault is copied under a new key and "
                "read back; all older backups are destroyed and a fresh one is made. "
                "What {name} wrote stays, with the name."
            ).format(name=name)
        )
        others = (other for other in self._rows if other.id != row.id)
        self.give_up.set_values(())
        self.give_up.setVisible(row.has_health and not any(other.has_health for other in others))
        self.add.hide()
        self.removing.show()
        self.removing.begin()

    def _remove(self) -> None:
        leaving, cancel, give_up = self._leaving, threading.Event(), bool(self.give_up.values())
        if leaving is None:
            return
        self._cancel = cancel
        self.removing.set_busy(busy=True, sentence=_("Copying the vault under its new key"))
        tell = self.context.tasks.marshalled(self._tell, owner=self)

        def work(session: Session, stopping: Callable[[], bool]) -> Changes:
            return session.workers.remove_worker(
                leaving.id, give_up_health=give_up, progress=lambda done, total: tell((done, total)),
                cancelled=lambda: stopping() or cancel.is_set(),
            )  # fmt: skip

        self.context.change_at_length(work, lambda _changes: self._removed(leaving), self._not_removed, owner=self)

    def _stop(self) -> None:
        self._cancel.set()

    def _tell(self, counts: tuple[int, int]) -> None:
        done, total = counts
        percent = 100 * done // total if total else 0
        told = _("{percent} % copied under the new key").format(percent=percent)
        self.removing.progress.set_progress(told, percent, 100)

    def _removed(self, row: WorkerRow) -> None:
        self.removing.set_busy(busy=False)
        self._done(_("{name} can no longer unlock this laptop.").format(name=isolated(row.name)))

    def _not_removed(self, error: Exception) -> None:
        self.removing.set_busy(busy=False)
        self.removing.say(self.context.messages.sentence(error))
        self._ask()

    def _grant(self, row: WorkerRow) -> None:
        told = _("{name} can open health parts now.").format(name=isolated(row.name))
        self.context.change(
            lambda session: session.workers.grant_health(row.id),
            lambda _changes: self.context.messages.say(told), owner=self,
        )  # fmt: skip

    def _ask_nothing(self) -> None:
        at = QApplication.focusWidget()
        had_keyboard = at is not None and any(part.isAncestorOf(at) for part in (self.adding, self.removing))
        self._end_asking()
        if had_keyboard:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, told: str) -> None:
        """End what was at work, and say what came of it; meanwhile the keyboard had nowhere to stand."""
        self._end_asking()
        self.context.messages.say(told)
        if self.isVisible():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_asking(self) -> None:
        self._leaving = None
        self.adding.end()
        for part in (self.adding, self.removing):
            part.hide()
        self.add.show()

    def _removing_panel(self) -> AskPanel:
        panel = AskPanel("", "", _("Remove"), stop_words=_("Stop"))
        panel.fields.addWidget(self.give_up)
        return panel

    def _connect(self) -> None:
        self.add.clicked.connect(self._begin_adding)
        self.adding.ready.connect(self._add)
        self.adding.left.connect(self._ask_nothing)
        self.removing.confirmed.connect(self._remove)
        self.removing.left.connect(self._ask_nothing)
        self.removing.cancel_requested.connect(self._stop)
