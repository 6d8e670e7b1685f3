"""Getting to know the centre: writes the request file, takes the reply, and keeps it once its words were compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_file_to_open, choose_file_to_save
from ui.models.files import read_small_file, write_file
from ui.pages.sending.enrolment import EnrolmentCard

if TYPE_CHECKING:
    from outreach_app.services.enrolling import EnrolmentState, PendingReply, RequestFile

REQUEST_NAME = "request.json"


class EnrolmentFiles(QObject):
    """Works the card; ``renew`` is called when the page should look again."""

    def __init__(self, context: Context, card: EnrolmentCard, renew: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._card = card
        self._renew = renew
        self._window = parent
        self._pending: PendingReply | None = None
        card.request_wanted.connect(self._make_request)
        card.reply_wanted.connect(self._choose_reply)
        card.words_compared.connect(self._compared)

    def show_state(self, state: EnrolmentState) -> None:
        """Show how far enrolment is, unless a reply waits for its words."""
        if self._pending is None:
            self._card.show_state(state)

    def take_reply(self, untrusted: bytes) -> None:
        """Check a reply and ask whether its words are those the centre reads out."""
        self._context.ask(lambda session: session.enrolling.accept(untrusted), self._ask_words, owner=self)

    def _make_request(self) -> None:
        self._context.change(lambda session: session.enrolling.request(), self._save_request, owner=self)

    def _save_request(self, request: RequestFile) -> None:
        self._context.changes_hub.changed.emit(Changes(enrolment=True))
        file = choose_file_to_save(self._window, _("Save the request file"), _("Request (*.json)"), REQUEST_NAME)
        if file is not None:
            self._context.tasks.run_free(lambda: write_file(request.data, file), self._request_saved, owner=self)

    def _request_saved(self, file: Path) -> None:
        told = _("Saved as {name}. Bring it to the centre and read the six words out by phone.")
        self._context.messages.say(told.format(name=file.name))

    def _choose_reply(self) -> None:
        file = choose_file_to_open(self._window, _("The centre's reply"), _("All files (*)"))
        if file is not None:
            self._context.tasks.run_free(lambda: read_small_file(file), self.take_reply, owner=self)

    def _ask_words(self, pending: PendingReply) -> None:
        self._pending = pending
        self._card.ask_words(pending)

    def _compared(self, same: bool) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        if not same:
            told = _("The reply was not used. Ask the centre for another one, and call it by a number you know.")
            self._context.messages.say(told, "notice")
            self._renew()
            return
        self._context.change(
            lambda session: session.enrolling.confirm(pending), lambda _changes: self._enrolled(), owner=self
        )

    def _enrolled(self) -> None:
        self._context.messages.say(_("This laptop is enrolled. It can send now."))
        self._renew()
