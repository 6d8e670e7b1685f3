"""The first view: getting to know the centre, what leaves next, and the run by network or stick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_folder
from ui.models.letter_words import words_of_centre
from ui.models.outbox_words import contact_words
from ui.models.rows import BatchRow, ContactRow
from ui.models.sending_run import (
    NETWORK,
    STICK,
    Road,
    carried_told,
    carry_all,
    result_told,
    send_all,
)
from ui.pages.sending.enrolment import EnrolmentCard
from ui.pages.sending.enrolment_files import EnrolmentFiles
from ui.pages.sending.from_centre import FromCentreCard
from ui.pages.sending.outbox import OutboxCard
from ui.pages.sending.run import Run
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_3
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.enrolling import EnrolmentState
    from outreach_app.services.letters import GapLetter
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.packs import PacksState
    from outreach_app.services.sending import OutboxSummary
    from outreach_app.services.sending_road import SendingResult
    from outreach_app.services.sending_states import UnderWay
    from outreach_app.services.session import Session


@dataclass(frozen=True, slots=True)
class SendingState:
    """What the view shows."""

    enrolment: EnrolmentState
    mailbox: Mailbox
    outbox: OutboxSummary
    under_way: UnderWay
    contacts: Mapping[str, ContactRow]
    gaps: GapLetter | None
    packs: PacksState
    newest: Sequence[BatchRow]


def read_sending(session: Session) -> SendingState:
    """Read what the view shows; runs on the vault thread."""
    return SendingState(
        session.enrolling.state(), session.mailbox.find_mailbox(), session.sending.outbox(),
        session.sending_states.under_way(), session.sending.last_contacts(), session.letters.gaps(),
        session.packs.state(), session.sending_states.list_batches(1),
    )  # fmt: skip


class SendView(SendingView):
    """Never waits for the network: a run goes on while other pages are used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._mailbox: Mailbox | None = None
        self._wants_keyboard = False
        self.enrolment, self.said, self.outbox = EnrolmentCard(), FromCentreCard(), OutboxCard()
        self.files = EnrolmentFiles(context, self.enrolment, self._begin_anew, self)
        self.run = Run(context, self)
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (self.enrolment, self.said, self.outbox):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        self._connect()

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - there are no places within
        self._wants_keyboard = True
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.sending or changes.enrolment or changes.encounters or changes.tallies or changes.reviews:
            self._ask()

    def focus_first(self) -> None:
        """Put the keyboard on what comes next."""
        first = (self.enrolment.reply, self.enrolment.request, self.outbox.network, self.outbox.stick)
        ready = (each for each in (*first, self.outbox.pause) if each.isVisible() and each.isEnabled())
        if (chosen := next(ready, None)) is not None:
            chosen.setFocus()

    def send(self, road: Road) -> None:
        """Begin a run by ``road``; while one runs, nothing."""
        if self.run.running:
            return
        self.outbox.set_running(running=True)
        self.run.begin(
            lambda report, cancel, pause: send_all(self._context, road, report, cancel, pause),
            lambda result: self._told(result, road.name),
        )

    def carry(self, folder: Path) -> None:
        """Hand over what other laptops sealed onto a stick, and bring back what came for them."""
        if self._mailbox is not None and not self.run.running:
            road = Road(STICK, self._mailbox.url, self._mailbox.certificates, folder)
            self.outbox.set_running(running=True)
            self.run.begin(
                lambda report, cancel, pause: carry_all(self._context, road, report, cancel, pause), carried_told
            )

    def _begin_anew(self) -> None:
        """Look again with the keyboard on what comes next: what had it is gone."""
        self._wants_keyboard = True
        self._ask()

    def _ask(self) -> None:
        self._context.ask(read_sending, self._show, owner=self)

    def _show(self, state: SendingState) -> None:
        self._mailbox = state.mailbox
        self.files.show_state(state.enrolment)
        now = self._context.program.clock.local_now()
        enrolled = state.enrolment.state == "enrolled"
        self.outbox.show_outbox(state.outbox, state.mailbox, state.under_way, now, enrolled=enrolled)
        self.outbox.show_contacts(contact_words(state.contacts, now))
        self.said.show_words(words_of_centre(state.gaps, state.packs, state.newest, now.date()))
        self._order_tabs()
        if self._wants_keyboard and self.isVisible():
            self._wants_keyboard = False
            self.focus_first()

    def _order_tabs(self) -> None:
        """Let Tab go through the rows where they stand: they were made last."""
        before: QWidget = self.enrolment.differ
        for button in self.said.buttons():
            QWidget.setTabOrder(before, button)
            before = button

    # -- sending ------------------------------------------------------------------------------------------------

    def _by_network(self) -> None:
        if self._mailbox is not None:
            self.send(Road(NETWORK, mailbox=self._mailbox.url, certificates=self._mailbox.certificates))

    def _send_again(self) -> None:
        if self.run.running:  # what was asked for is under way
            self.focus_first()
            return
        (self._by_network if self.outbox.network.isEnabled() else self._by_stick)()

    def _by_stick(self) -> None:
        folder = choose_folder(self, _("Choose the stick"))
        if folder is not None:
            self.send(Road(STICK, folder=folder))

    def _carry(self) -> None:
        folder = choose_folder(self, _("Choose the other laptop's stick"))
        if folder is not None:
            self.carry(folder)

    def _pause(self, paused: bool) -> None:
        self.run.set_paused(paused=paused)
        self.outbox.show_paused(paused=paused)

    def _told(self, result: SendingResult, road: str) -> tuple[str, str]:
        problem = "" if result.problem is None else self._context.messages.sentence(result.problem)
        return result_told(result, problem, road)

    def _ended(self, tone: str, sentence: str) -> None:
        self.outbox.set_running(running=False)
        self._context.messages.say(sentence, tone)
        self._context.changes_hub.changed.emit(Changes(sending=True))

    def _failed(self, error: Exception) -> None:
        self.outbox.set_running(running=False)
        self._context.messages.tell_error(error)
        self._context.changes_hub.changed.emit(Changes(sending=True))

    def _connect(self) -> None:
        outbox = self.outbox
        outbox.leaving.look_wanted.connect(lambda group: self.view_wanted.emit("preview", {"group": group}))
        outbox.network_wanted.connect(self._by_network)
        outbox.stick_wanted.connect(self._by_stick)
        outbox.carry_wanted.connect(self._carry)
        outbox.address_wanted.connect(lambda: self.view_wanted.emit("centre", {"field": "address"}))
        outbox.review_wanted.connect(lambda: self._context.go_to("review"))
        outbox.aside_wanted.connect(lambda: self.view_wanted.emit("notes", {"group": "put_aside"}))
        outbox.pause_wanted.connect(self._pause)
        outbox.stop_wanted.connect(self.run.stop)
        self.said.send_wanted.connect(self._send_again)
        self.said.fetch_wanted.connect(lambda: self.view_wanted.emit("centre", {"field": "packs"}))
        self.run.progressed.connect(self.outbox.show_progress)
        self.run.ended.connect(self._ended)
        self.run.failed.connect(self._failed)
