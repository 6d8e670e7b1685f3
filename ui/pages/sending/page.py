"""The sending page: gets to know the centre, sends by one of two roads, and shows where each batch stands."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_file_to_open, choose_file_to_save, choose_folder
from ui.models.batch_steps import batch_steps, batch_title
from ui.models.files import read_small_file, write_file
from ui.models.rows import BatchRow
from ui.models.sending_run import NETWORK, STICK, Road, progress_words, result_words, send_all
from ui.page import Page
from ui.pages.sending.enrolment import EnrolmentCard
from ui.pages.sending.outbox import OutboxCard
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import page_title, section_heading, words
from ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from outreach_app.services.enrolling import EnrolmentState, PendingReply, RequestFile
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.progress import Progress
    from outreach_app.services.sending import OutboxSummary
    from outreach_app.services.sending_road import SendingResult
    from outreach_app.services.session import Session

BATCHES_SHOWN = 20
REQUEST_NAME = "request.json"


@dataclass(frozen=True, slots=True)
class SendingState:
    """What the page shows."""

    enrolment: EnrolmentState
    mailbox: Mailbox
    outbox: OutboxSummary
    batches: Sequence[BatchRow]


def read_sending(session: Session) -> SendingState:
    """Read what the page shows; runs on the vault thread."""
    return SendingState(
        session.enrolling.state(), session.mailbox.find_mailbox(), session.sending.outbox(),
        session.sending.list_batches(),
    )  # fmt: skip


class SendingPage(Page):
    """Never waits for the network: a run goes on while other pages are used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._mailbox: Mailbox | None = None
        self._pending: PendingReply | None = None
        self._cancel = threading.Event()
        self._wants_keyboard = False
        self.enrolment, self.outbox = EnrolmentCard(), OutboxCard()
        self.batches = QFrame()
        self.batches.setProperty("kind", "card")
        self._batch_rows = QVBoxLayout()
        self._batch_rows.setSpacing(SPACE_3)
        self.no_batches = words(_("No batch yet. Batches are sealed for the centre; nobody else can open them."))
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Sending")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - sending has no places within
        self._wants_keyboard = True
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.sending or changes.enrolment or changes.encounters or changes.tallies:
            self._ask()

    def _ask(self) -> None:
        self._context.ask(read_sending, self._show, owner=self)

    def _show(self, state: SendingState) -> None:
        self._mailbox = state.mailbox
        if self._pending is None:
            self.enrolment.show_state(state.enrolment)
        enrolled = state.enrolment.state == "enrolled"
        self.outbox.show_outbox(state.outbox, state.mailbox, enrolled=enrolled)
        self._show_batches(state.batches)
        if self._wants_keyboard and self.isVisible():
            self._wants_keyboard = False
            self._begin()

    def _begin(self) -> None:
        """Put the keyboard on what comes next."""
        first = (self.enrolment.reply, self.enrolment.request, self.outbox.mailbox.line, self.outbox.network)
        ready = (each for each in (*first, self.outbox.stick) if each.isVisible() and each.isEnabled())
        if (chosen := next(ready, None)) is not None:
            chosen.setFocus()

    def _show_batches(self, batches: Sequence[BatchRow]) -> None:
        while (item := self._batch_rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        now = self._context.program.clock.local_now()
        for row in batches[:BATCHES_SHOWN]:
            self._batch_rows.addWidget(words(batch_title(row)))
            self._batch_rows.addWidget(Timeline(batch_steps(row, now.date(), now.tzinfo)))
        self.no_batches.setVisible(not batches)

    # -- enrolment ----------------------------------------------------------------------------------------------

    def _make_request(self) -> None:
        self._context.change(lambda session: session.enrolling.request(), self._save_request, owner=self)

    def _save_request(self, request: RequestFile) -> None:
        self._context.changes_hub.changed.emit(Changes(enrolment=True))
        file = choose_file_to_save(self, _("Save the request file"), _("Request (*.json)"), REQUEST_NAME)
        if file is not None:
            self._context.tasks.run_free(lambda: write_file(request.data, file), self._request_saved, owner=self)

    def _request_saved(self, file: Path) -> None:
        told = _("Saved as {name}. Bring it to the centre and read the six words out by phone.")
        self._context.messages.say(told.format(name=file.name))

    def _take_reply(self) -> None:
        file = choose_file_to_open(self, _("The centre's reply"), _("All files (*)"))
        if file is not None:
            self._context.tasks.run_free(lambda: read_small_file(file), self.take_reply, owner=self)

    def take_reply(self, untrusted: bytes) -> None:
        """Check a reply and ask whether its words are those the centre reads out."""
        self._context.ask(lambda session: session.enrolling.accept(untrusted), self._ask_words, owner=self)

    def _ask_words(self, pending: PendingReply) -> None:
        self._pending = pending
        self.enrolment.ask_words(pending)

    def _compared(self, same: bool) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        if not same:
            told = _("The reply was not used. Ask the centre for another one, and call it by a number you know.")
            self._context.messages.say(told, "notice")
            self._ask()
            return
        self._context.change(
            lambda session: session.enrolling.confirm(pending),
            lambda _changes: self._context.messages.say(_("This laptop is enrolled. It can send now.")), owner=self,
        )  # fmt: skip

    # -- the mailbox's address ----------------------------------------------------------------------------------

    def _take_address(self, untrusted: str) -> None:
        self._context.change(
            lambda session: session.mailbox.record_mailbox(untrusted),
            lambda _changes: self._address_kept(), self._refuse_address, owner=self,
        )  # fmt: skip

    def _address_kept(self) -> None:
        self.outbox.mailbox.settle()
        self._wants_keyboard = True  # the field is gone; what can be done now is known after the next look

    def _refuse_address(self, error: Exception) -> None:
        self.outbox.mailbox.refuse(self._context.messages.sentence(error))

    def _choose_certificates(self) -> None:
        file = choose_file_to_open(self, _("Certificate file of the mailbox"), _("All files (*)"))
        if file is not None:
            self._context.tasks.run_free(lambda: read_small_file(file), self.take_certificates, owner=self)

    def take_certificates(self, untrusted: bytes) -> None:
        """Trust the certificates of a file at the mailbox, and no others."""
        self._context.change(
            lambda session: session.mailbox.record_certificates(untrusted),
            lambda _changes: self.outbox.mailbox.settle(), self._refuse_address, owner=self,
        )  # fmt: skip

    def _drop_certificates(self) -> None:
        self._context.change(lambda session: session.mailbox.forget_certificates())

    # -- sending ------------------------------------------------------------------------------------------------

    def _by_network(self) -> None:
        if self._mailbox is not None:
            self.send(Road(NETWORK, mailbox=self._mailbox.url, certificates=self._mailbox.certificates))

    def _by_stick(self) -> None:
        folder = choose_folder(self, _("Choose the stick"))
        if folder is not None:
            self.send(Road(STICK, folder=folder))

    def send(self, road: Road) -> None:
        """Begin a run by ``road``."""
        self._cancel = threading.Event()
        self.outbox.set_running(running=True)
        report = self._context.tasks.marshalled(self._progress, self)
        cancel = self._cancel
        self._context.tasks.run_free(
            lambda: send_all(self._context, road, report, cancel), self._sent, self._failed, owner=self
        )

    def _stop(self) -> None:
        self._cancel.set()

    def _progress(self, progress: Progress) -> None:
        self.outbox.progress.set_progress(progress_words(progress), progress.done, progress.total)

    def _sent(self, result: SendingResult) -> None:
        self.outbox.set_running(running=False)
        if result.refused:
            told = _("The centre did not take every batch. Nothing is lost; the notes wait to be sealed again.")
            self._context.messages.say(told, "notice")
        else:
            self._context.messages.say(result_words(result))
        self._context.changes_hub.changed.emit(Changes(sending=True))

    def _failed(self, error: Exception) -> None:
        self.outbox.set_running(running=False)
        self._context.messages.tell_error(error)
        self._context.changes_hub.changed.emit(Changes(sending=True))

    def _connect(self) -> None:
        self.enrolment.request_wanted.connect(self._make_request)
        self.enrolment.reply_wanted.connect(self._take_reply)
        self.enrolment.words_compared.connect(self._compared)
        self.outbox.network_wanted.connect(self._by_network)
        self.outbox.mailbox.address_given.connect(self._take_address)
        self.outbox.mailbox.certificates_wanted.connect(self._choose_certificates)
        self.outbox.mailbox.certificates_dropped.connect(self._drop_certificates)
        self.outbox.stick_wanted.connect(self._by_stick)
        self.outbox.cancel_wanted.connect(self._stop)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.batches)
        inside.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        inside.setSpacing(SPACE_3)
        inside.addWidget(section_heading(_("Batches")))
        inside.addWidget(self.no_batches)
        inside.addLayout(self._batch_rows)
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (self.enrolment, self.outbox, self.batches):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(page_title(self.title()))
        column.addWidget(scroll, 1)
