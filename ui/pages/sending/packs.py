"""What the centre published and this laptop uses: number, dates, a look for what is new, and trust given by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_file_to_open, choose_folder
from ui.models.files import read_small_file
from ui.models.packs_fetching import fetch_published, take_trust, words_of_trust
from ui.models.packs_words import fetched_words, packs_lines
from ui.models.sending_run import NETWORK, STICK, Road
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.pairs import narrow_pairs

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.packs import PacksState
    from outreach_app.services.packs_road import PacksFetched


class PacksCard(Card):
    """Notes are sent all the same, whatever stands here; help lines never go away."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        told = _("Help lines, leaflets, lists of signs and the centre's keys. Two of three custodians sign them.")
        super().__init__(_("What the centre published"), told, parent)
        self._context = context
        self._mailbox: Mailbox | None = None
        self._lines: QWidget | None = None
        self._pending: tuple[bytes, str] = (b"", "")
        self.fetch = button(_("Fetch now"), icon="network")
        self.from_stick = quiet_button(_("Fetch from a stick"), icon="stick")
        self.by_hand = quiet_button(_("Name the custodians by a file"), icon="key")
        self.question = Banner("notice")
        self.match, self.differ = primary_button(_("The words are the same")), quiet_button(_("They are not the same"))
        self.add_flow(self.fetch, self.from_stick, self.by_hand)
        self.add(self.question)
        self._answers = self.add_row(self.match, self.differ)
        self._ask_words(b"", "")
        self.fetch.clicked.connect(self._by_network)
        self.from_stick.clicked.connect(self._by_stick)
        self.by_hand.clicked.connect(self._choose_trust)
        self.match.clicked.connect(self._trust)
        self.differ.clicked.connect(self._distrust)

    def show_state(self, state: PacksState, mailbox: Mailbox) -> None:
        """Show what is in use."""
        self._mailbox = mailbox
        before, self._lines = self._lines, narrow_pairs(packs_lines(state, self._context.program.clock.local_now()))
        self.column.insertWidget(2, self._lines)
        if before is not None:
            before.hide()
            before.deleteLater()
        self.fetch.setEnabled(bool(mailbox.url))
        other, first = _("Name other custodians by a file"), _("Name the custodians by a file")
        self.by_hand.setText(other if state.trusted else first)

    def look(self, road: Road) -> None:
        """Look for what is new by ``road``."""
        held = next((each for each in (self.fetch, self.from_stick) if each.hasFocus()), None)
        self._busy(busy=True)
        self._context.tasks.run_free(
            lambda: fetch_published(self._context, road), lambda fetched: self._fetched(fetched, held),
            lambda error: self._failed(error, held), owner=self,
        )  # fmt: skip

    def take_file(self, untrusted: bytes) -> None:
        """Ask whether the words of a file that names the custodians are those the centre reads out."""
        self._context.tasks.run_free(
            lambda: words_of_trust(self._context, untrusted), lambda six: self._ask_words(untrusted, six), owner=self
        )

    def _by_network(self) -> None:
        if self._mailbox is not None:
            self.look(Road(NETWORK, mailbox=self._mailbox.url, certificates=self._mailbox.certificates))

    def _by_stick(self) -> None:
        folder = choose_folder(self, _("Choose the stick"))
        if folder is not None:
            self.look(Road(STICK, folder=folder))

    def _fetched(self, fetched: PacksFetched, held: QWidget | None) -> None:
        self._busy(busy=False, held=held)
        problem = fetched.problem
        sentence = fetched_words(fetched) if problem is None else self._context.messages.sentence(problem)
        self._context.messages.say(sentence, "calm" if problem is None else "notice")
        self._context.changes_hub.changed.emit(fetched.changes)
        self.changed.emit()

    def _failed(self, error: Exception, held: QWidget | None) -> None:
        self._busy(busy=False, held=held)
        self._context.messages.tell_error(error)

    def _busy(self, *, busy: bool, held: QWidget | None = None) -> None:
        self.fetch.setText(_("Looking …") if busy else _("Fetch now"))
        self.fetch.setEnabled(not busy and self._mailbox is not None and bool(self._mailbox.url))
        self.from_stick.setEnabled(not busy)
        if held is not None:
            held.setFocus()

    # -- trust by hand ------------------------------------------------------------------------------------------

    def _choose_trust(self) -> None:
        file = choose_file_to_open(self, _("The centre's file that names the custodians"), _("All files (*)"))
        if file is not None:
            self._context.tasks.run_free(lambda: read_small_file(file), self.take_file, owner=self)

    def _ask_words(self, untrusted: bytes, six: str) -> None:
        self._pending = (untrusted, six)
        told = _("Call the centre. It reads out six words; they must be these: {words}").format(words=six)
        self.question.say("notice", told)
        self.question.setVisible(bool(six))
        self._answers.setVisible(bool(six))
        if six:
            self.differ.setFocus()

    def _trust(self) -> None:
        (untrusted, six), self._pending = self._pending, (b"", "")
        self._context.tasks.run_free(
            lambda: take_trust(self._context, untrusted, six), self._trusted, owner=self
        )

    def _trusted(self, changes: Changes) -> None:
        self._ask_words(b"", "")
        told = _("The custodians are known now.") if changes.sending else _("These custodians were known here already.")
        self._context.messages.say(told)
        self.changed.emit()
        self.fetch.setFocus()

    def _distrust(self) -> None:
        self._ask_words(b"", "")
        told = _("The file was not used. Ask the centre for another one, and call it by a number you know.")
        self._context.messages.say(told, "notice")
        self.by_hand.setFocus()
