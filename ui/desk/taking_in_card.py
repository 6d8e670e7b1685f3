"""The card that takes in: two roads, another mailbox if it is not on this machine, progress, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.file_choosing import choose_file_to_open
from ui.tokens import SPACE_2
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import set_tone, words

OWN, OTHER = "own", "other"


class TakingInCard(Card):
    """``mailbox_wanted`` carries the address, empty for the mailbox in the centre's folder, and a certificate file."""

    mailbox_wanted = Signal(str, object)
    stick_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Take in"),
            _(
                "Each batch goes in exactly once, by whatever road and however often it comes. "
                "Receipts go back by the same road."
            ),
        )
        self.which = ChoiceRow(
            [(OWN, _("The mailbox on this machine")), (OTHER, _("A mailbox on the network"))], may_be_empty=False
        )
        self.which.set_value(OWN)
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setMaxLength(400)
        self.trust: Path | None = None
        self.certificate = quiet_button(_("Certificate file …"), icon="key")
        self.mailbox = primary_button(_("Take in from the mailbox"), "Ctrl+Return", icon="network")
        self.stick = button(_("Take in from a stick …"), "Ctrl+S", icon="stick")
        self.progress = ProgressLine(_("Stop"))
        self.told = words()
        self._lay_out()
        self.which.changed.connect(lambda _code: self._look())
        self.address.textChanged.connect(lambda _text: self._look())
        self.certificate.clicked.connect(self._choose_certificate)
        self.mailbox.clicked.connect(self._want_mailbox)
        self.stick.clicked.connect(self.stick_wanted)
        self.progress.cancel_requested.connect(self._want_stop)
        self._look()

    def suggest_address(self, address: str | None) -> None:
        """Write the address laptops use into the empty line."""
        if address and not self.address.text():
            self.address.setText(address)

    def begin(self) -> None:
        """Show the progress in place of the roads."""
        self.told.hide()
        self.progress.set_progress(_("Beginning"))
        self.progress.show()
        self.progress.setFocus()
        self._look()

    def end(self, lines: Sequence[str], tone: str) -> None:
        """Say what came of it."""
        kept = self.progress.hasFocus()
        self.progress.hide()
        self.told.setText("\n".join(lines))
        set_tone(self.told, tone)
        self.told.show()
        self._look()
        if kept:
            self.mailbox.setFocus()

    def _want_mailbox(self) -> None:
        other = self.which.value() == OTHER
        self.mailbox_wanted.emit(self.address.text().strip() if other else "", self.trust if other else None)

    def _want_stop(self) -> None:
        self.progress.set_progress(_("Stopping after this batch"))
        self.stop_wanted.emit()

    def _choose_certificate(self) -> None:
        file = choose_file_to_open(self, _("Certificate file"), _("Certificate (*.pem *.crt)"))
        if file is not None:
            self.trust = file
            self.certificate.setText(_("Certificate: {file}").format(file=file.name))

    def _look(self) -> None:
        running = self.progress.isVisibleTo(self)
        other = self.which.value() == OTHER
        self._address.setVisible(other)
        self.which.setEnabled(not running)
        self.mailbox.setEnabled(not running and (not other or bool(self.address.text().strip())))
        self.stick.setEnabled(not running)

    def _lay_out(self) -> None:
        self._address = QWidget()
        below = QVBoxLayout(self._address)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_2)
        below.addWidget(LabelledField(_("Address of the mailbox"), self.address))
        below.addWidget(self.certificate, 0, Qt.AlignmentFlag.AlignLeading)
        self.add(self.which)
        self.add(self._address)
        self.add_row(self.mailbox, self.stick)
        for hidden in (self.progress, self.told):
            self.add(hidden)
            hidden.hide()
