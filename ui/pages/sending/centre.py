"""The fourth view: what links this laptop with the centre: last contact, what the centre published, the mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_file_to_open
from ui.models.files import read_small_file
from ui.models.outbox_words import ROADS, last_run, road_name
from ui.models.rows import ContactRow
from ui.pages.sending.mailbox import MailboxFields
from ui.pages.sending.packs import PacksCard
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_3
from ui.widgets.card import Card
from ui.widgets.pairs import narrow_pairs
from ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.packs import PacksState
    from outreach_app.services.session import Session


@dataclass(frozen=True, slots=True)
class CentreState:
    """What the view shows."""

    enrolled: bool
    mailbox: Mailbox
    contacts: Mapping[str, ContactRow]
    packs: PacksState


def read_centre(session: Session) -> CentreState:
    """Read what the view shows; runs on the vault thread."""
    return CentreState(
        session.enrolling.state().state == "enrolled", session.mailbox.find_mailbox(), session.sending.last_contacts(),
        session.packs.state(),
    )  # fmt: skip


class CentreView(SendingView):
    """``shown`` takes ``field``: ``address`` for the mailbox's address, ``packs`` for what was published."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted, self._goes_back = "", False  # the first view led here for the address
        self._last: QWidget | None = None
        self.mailbox = MailboxFields()
        self.roads, self.address = Card(_("Last contact")), Card(_("Mailbox"))
        self.address.add(self.mailbox)
        scroll = ScrollColumn(gap=SPACE_3)
        self.packs = PacksCard(context)
        for part in (self.roads, self.packs, self.address):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        self.packs.changed.connect(self._ask)
        self.mailbox.address_given.connect(self._take_address)
        self.mailbox.certificates_wanted.connect(self._choose_certificates)
        self.mailbox.certificates_dropped.connect(self._drop_certificates)

    def shown(self, place: Mapping[str, str]) -> None:
        self._wanted = place.get("field", "")
        self._goes_back = self._wanted == "address"
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.sending or changes.enrolment:
            self._ask()

    def focus_first(self) -> None:
        (self.mailbox.line if self.mailbox.line.isVisible() else self.mailbox.change).setFocus()

    def _ask(self) -> None:
        self._context.ask(read_centre, self._show, owner=self)

    def _show(self, state: CentreState) -> None:
        now = self._context.program.clock.local_now()
        lines = [(road_name(road), last_run(state.contacts.get(road), now)) for road in ROADS]
        before, self._last = self._last, narrow_pairs(lines)
        self.roads.add(self._last)
        if before is not None:
            before.hide()
            before.deleteLater()
        self.packs.show_state(state.packs, state.mailbox)
        for part in (self.address, self.packs):
            part.setVisible(state.enrolled)
        self.mailbox.show_mailbox(state.mailbox)
        if self._wanted and self.isVisible():
            first = self.packs.fetch if self._wanted == "packs" and self.packs.fetch.isEnabled() else None
            self._wanted = ""
            (first.setFocus if first is not None else self.focus_first)()

    def _take_address(self, untrusted: str) -> None:
        self._context.change(
            lambda session: session.mailbox.record_mailbox(untrusted),
            lambda _changes: self._address_kept(untrusted), self._refuse, owner=self,
        )  # fmt: skip

    def _address_kept(self, address: str) -> None:
        self.mailbox.settle()
        if self._goes_back and address.strip():
            self.view_wanted.emit("send", {})

    def _refuse(self, error: Exception) -> None:
        self.mailbox.refuse(self._context.messages.sentence(error))

    def _choose_certificates(self) -> None:
        file = choose_file_to_open(self, _("Certificate file of the mailbox"), _("All files (*)"))
        if file is not None:
            self._context.tasks.run_free(lambda: read_small_file(file), self.take_certificates, owner=self)

    def take_certificates(self, untrusted: bytes) -> None:
        """Trust the certificates of a file at the mailbox, and no others."""
        self._context.change(
            lambda session: session.mailbox.record_certificates(untrusted),
            lambda _changes: self.mailbox.settle(), self._refuse, owner=self,
        )  # fmt: skip

    def _drop_certificates(self) -> None:
        self._context.change(lambda session: session.mailbox.forget_certificates())
