"""What leaves with the next run, by what each person agreed to, and the two roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.consent import ConsentLevel
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.codes import CONSENT_MEANINGS, consent_words
from ui.pages.sending.mailbox import MailboxFields
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, primary_button
from ui.widgets.form_grid import NO_LIMIT
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.mailbox import Mailbox
    from outreach_app.services.sending import OutboxSummary

LEAVING = (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL)


class OutboxCard(QFrame):
    """Counts with their meaning; while a run goes on, its progress and a way to stop."""

    network_wanted = Signal()
    stick_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._counts = {level: QLabel() for level in LEAVING}
        self._tallies = QLabel()
        self.nothing = words(_("Nothing waits. What you finish appears here."), tone="muted")
        self.held_back = words(tone="notice")
        self.notices = words()
        self.network = primary_button(_("Send by network"), "Ctrl+Return", icon="network")
        self.stick = button(_("Send by stick"), icon="stick")
        self.progress = ProgressLine(_("Stop"))
        self.mailbox = MailboxFields()
        self.why_not = words(tone="muted")
        self._enrolled = self._has_mailbox = False
        self._running = False
        self._lay_out()
        self.network.clicked.connect(self.network_wanted)
        self.stick.clicked.connect(self.stick_wanted)
        self.progress.cancel_requested.connect(self.cancel_wanted)

    def show_outbox(self, outbox: OutboxSummary, mailbox: Mailbox, *, enrolled: bool) -> None:
        """Show what waits and where it would go."""
        for level, label in self._counts.items():
            label.setText(str(outbox.by_level.get(level, 0)))
        self._tallies.setText(str(outbox.tallies))
        self.nothing.setVisible(outbox.total == 0)
        held = outbox.held_back
        told = ngettext("{count} note waits for review first.", "{count} notes wait for review first.", held)
        self.held_back.setText(told.format(count=held) if held else "")
        self.held_back.setVisible(bool(held))
        goes_along = ngettext(
            "{count} message about what was erased or blanked goes along; it names no one.",
            "{count} messages about what was erased or blanked go along; they name no one.",
            outbox.notices,
        )
        self.notices.setText(goes_along.format(count=outbox.notices) if outbox.notices else "")
        self.notices.setVisible(bool(outbox.notices))
        self._enrolled, self._has_mailbox = enrolled, bool(mailbox.url)
        self.mailbox.setVisible(enrolled)
        self.mailbox.show_mailbox(mailbox)
        self._allow()

    def set_running(self, *, running: bool) -> None:
        """Show the progress instead of the roads."""
        self._running = running
        self.progress.setVisible(running)
        if running:
            self.progress.set_progress(_("Beginning"))
            self.progress.setFocus()  # else the keyboard would jump to another part of the window
        held = self.progress.hasFocus()
        self._allow()
        if held and not running:
            (self.network if self.network.isEnabled() else self.stick).setFocus()

    def _allow(self) -> None:
        ready = self._enrolled and not self._running
        self.stick.setEnabled(ready)
        self.network.setEnabled(ready and self._has_mailbox)
        why = ""
        if not self._enrolled:
            why = _("First this laptop and the centre get to know each other, see above.")
        elif not self._has_mailbox:
            why = _("For sending by network, first write the address of the mailbox above.")
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why) and not self._running)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(2, 1)
        for row, level in enumerate(LEAVING):
            self._row(grid, row, self._counts[level], consent_words(level), _(CONSENT_MEANINGS[level]))
        meaning = _("Numbers of a day by setting and region; nothing about anyone.")
        self._row(grid, len(LEAVING), self._tallies, _("Counts"), meaning)
        roads = QHBoxLayout()
        roads.setSpacing(SPACE_2)
        roads.addWidget(self.network)
        roads.addWidget(self.stick)
        roads.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(section_heading(_("What leaves next")))
        column.addLayout(grid)
        for part in (self.nothing, self.held_back, self.notices, self.mailbox, self.progress):
            column.addWidget(part)
        column.addLayout(roads)
        column.addWidget(self.why_not)
        self.progress.hide()

    def _row(self, grid: QGridLayout, row: int, count: QLabel, name: str, meaning: str) -> None:
        count.setProperty("kind", "section")
        count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        count.setFixedWidth(36)
        count.setAccessibleName(name)
        label = words(name)
        label.setFixedWidth(130)
        grid.addWidget(count, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)
        told = words(meaning, tone="muted")
        told.setMaximumWidth(NO_LIMIT)  # else the grid gives the room that is left to the numbers
        grid.addWidget(told, row, 2, Qt.AlignmentFlag.AlignTop)
