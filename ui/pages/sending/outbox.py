"""What leaves with the next run, by what each person agreed to, with a look at each row; and the roads it can take."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.models.outbox_words import held_back_words, nothing_words, put_aside_words, under_way_words
from ui.models.sending_run import paused_words, progress_words
from ui.pages.sending.leaving import LeavingRows
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.progress import Progress
    from outreach_app.services.sending import OutboxSummary
    from outreach_app.services.sending_states import UnderWay


class OutboxCard(Card):
    """Counts with their meaning; while a run goes on, its progress with pause and stop in place of the roads."""

    network_wanted = Signal()
    stick_wanted = Signal()
    carry_wanted = Signal()
    address_wanted = Signal()
    review_wanted = Signal()
    aside_wanted = Signal()
    pause_wanted = Signal(bool)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What leaves next"), parent=parent)
        self.leaving = LeavingRows()
        self.under_way = words(tone="muted")
        self.held_back, self.put_aside = Banner("notice"), Banner("notice")
        self.network = primary_button(_("Send by network"), "Ctrl+Return", icon="network")
        self.stick = button(_("Send by stick"), icon="stick")
        self.carry = quiet_button(_("Carry another laptop's stick"), icon="stick")
        self.carry.setToolTip(_("Hands over what other laptops sealed onto a stick. Nobody can read it on the way."))
        self.progress = ProgressLine()
        self.pause = button(_("Pause"))
        self.stop = quiet_button(_("Stop"))
        self.why_not = words(tone="muted")
        self.address = button(_("Write the address"), icon="edit")
        self.contacts = words(tone="muted")
        self._enrolled = self._has_mailbox = self._running = self._paused = False
        self._progress: Progress | None = None
        self._lay_out()
        self._connect()

    def show_outbox(
        self, outbox: OutboxSummary, mailbox: Mailbox, under_way: UnderWay, now: datetime, *, enrolled: bool
    ) -> None:
        """Show what waits and where it would go."""
        heading, sentence = nothing_words(outbox, under_way, now)
        self.heading.setText(heading or _("What leaves next"))
        self.say(sentence)
        self.leaving.show_outbox(outbox)
        self.under_way.setText(under_way_words(under_way) if outbox.total else "")
        self.under_way.setVisible(bool(self.under_way.text()))
        self.held_back.say("notice", held_back_words(outbox.held_back), _("Review"))
        self.held_back.setVisible(bool(outbox.held_back))
        self.put_aside.say("notice", put_aside_words(under_way), _("See which"))
        self.put_aside.setVisible(bool(under_way.put_aside))
        self._enrolled, self._has_mailbox = enrolled, bool(mailbox.url)
        self._allow()

    def show_contacts(self, sentence: str) -> None:
        """Show when each road was last taken."""
        self.contacts.setText(sentence)
        self.contacts.setVisible(bool(sentence) and self._enrolled)

    def set_running(self, *, running: bool) -> None:
        """Show the progress instead of the roads; the keyboard goes along."""
        held = any(each.hasFocus() for each in (self.pause, self.stop))
        self._running, self._paused, self._progress = running, False, None
        self._allow()
        if running:
            self._tell()
            self.pause.setFocus()  # else the keyboard would jump to another part of the window
        elif held:
            (self.network if self.network.isEnabled() else self.stick).setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is; while it is paused, that as well."""
        self._progress = progress
        self._tell()

    def show_paused(self, *, paused: bool) -> None:
        """Show at once that the run is paused, or goes on: a step under way may go on without an answer for long."""
        self._paused = paused
        self.pause.setText(_("Resume") if paused else _("Pause"))
        self._tell()

    def _tell(self) -> None:
        progress = self._progress
        said = _("Beginning") if progress is None else progress_words(progress)
        done, total = (0, 0) if progress is None else (progress.done, progress.total)
        if self._paused:
            said, total = paused_words(progress), total or 1  # a bar that moves would say that something goes on
        self.progress.set_progress(said, done, total)

    def _allow(self) -> None:
        ready = self._enrolled and not self._running
        for road in (self.network, self.stick, self.carry):
            road.setVisible(not self._running)
        for part in (self.progress, self.pause, self.stop):
            part.setVisible(self._running)
        self.stick.setEnabled(ready)
        for over_network in (self.network, self.carry):
            over_network.setEnabled(ready and self._has_mailbox)
        self.pause.setText(_("Resume") if self._paused else _("Pause"))
        why = ""
        if not self._enrolled:
            why = _("First this laptop and the centre get to know each other, see above.")
        elif not self._has_mailbox:
            why = _("For sending by network, first write the address of the mailbox. The centre tells you.")
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why) and not self._running)
        self._address_row.setVisible(self._enrolled and not self._has_mailbox and not self._running)

    def _connect(self) -> None:
        self.network.clicked.connect(self.network_wanted)
        self.stick.clicked.connect(self.stick_wanted)
        self.carry.clicked.connect(self.carry_wanted)
        self.address.clicked.connect(self.address_wanted)
        self.held_back.action_requested.connect(self.review_wanted)
        self.put_aside.action_requested.connect(self.aside_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.pause.clicked.connect(lambda: self.pause_wanted.emit(not self._paused))

    def _lay_out(self) -> None:
        for part in (self.leaving, self.held_back, self.put_aside, self.under_way, self.progress):
            self.add(part)
        self.add_flow(self.network, self.stick, self.carry, self.pause, self.stop)
        self.add(self.why_not)
        self._address_row = self.add_row(self.address)
        self.add(self.contacts)
