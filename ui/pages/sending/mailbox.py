"""Where batches go by network: shown in a line, typed once where the centre's reply names no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2
from ui.widgets.buttons import button, quiet_button
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.mailbox import Mailbox


class MailboxFields(QWidget):
    """A sentence with a way to change it, or the field; a wrong address stays in the field with its reason."""

    address_given = Signal(str)
    certificates_wanted = Signal()
    certificates_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mailbox: Mailbox | None = None
        self.sentence = words(tone="muted")
        self.change = quiet_button(_("Change"), icon="edit")
        self.change.setAccessibleName(_("Change the mailbox's address"))
        self.line = QLineEdit()
        self.line.setObjectName("sending.mailbox")
        self.line.setPlaceholderText("https://")
        self.line.setMaxLength(400)
        self.field = LabelledField(_("Address of the &mailbox"), self.line)
        self.keep = button(_("Keep"))
        self.leave = quiet_button(_("Leave as it was"))
        self.certificates = quiet_button(_("Certificate file …"), icon="key")
        self.usual = quiet_button(_("Trust the usual certificates"))
        self._lay_out()
        self.change.clicked.connect(self._edit)
        self.leave.clicked.connect(self.settle)
        self.keep.clicked.connect(lambda: self.address_given.emit(self.line.text()))
        self.line.returnPressed.connect(self.keep.click)
        self.certificates.clicked.connect(self.certificates_wanted)
        self.usual.clicked.connect(self.certificates_dropped)

    def show_mailbox(self, mailbox: Mailbox) -> None:
        """Show the address in use; the same again leaves what is being typed."""
        if mailbox != self._mailbox:
            self._mailbox = mailbox
            self._show_known(open_field=not mailbox.url)

    def settle(self) -> None:
        """Close the field where an address is known."""
        self._show_known(open_field=self._mailbox is None or not self._mailbox.url)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.leave.isVisibleTo(self):
            self.settle()
        else:
            super().keyPressEvent(event)

    def refuse(self, sentence: str) -> None:
        """Say why the address was not taken; it stays to be mended."""
        self.field.say(sentence, "notice")
        self.line.setFocus()

    def _edit(self) -> None:
        self._show_known(open_field=True)
        self.line.setFocus()
        self.line.selectAll()

    def _show_known(self, *, open_field: bool) -> None:
        """Show the sentence or the field; the keyboard, if it is here, goes back to what opens the field."""
        known, held = self._mailbox, QApplication.focusWidget()
        held_here = held is not None and self.isAncestorOf(held)
        url = known.url if known else ""
        parts = [_("Mailbox: {address}").format(address=url)]
        if known and known.certificates:
            parts.append(_("trusted by the certificate file you chose"))
        self.sentence.setText(" · ".join(parts))
        self.line.setText(url)
        self.field.say(_("The centre tells you. Without it, send by stick.") if not url else "")
        self.certificates.setText(
            _("Another certificate file …") if known and known.certificates else _("Certificate file …")
        )
        for shut in (self.sentence, self.change):
            shut.setVisible(not open_field)
        for part in (self.field, self.keep, self.certificates):
            part.setVisible(open_field)
        self.leave.setVisible(open_field and bool(url))
        self.usual.setVisible(open_field and bool(known and known.certificates))
        if held_here and not open_field:
            self.change.setFocus()

    def _lay_out(self) -> None:
        known = QHBoxLayout()
        known.setSpacing(SPACE_2)
        known.addWidget(self.sentence, 1)
        known.addWidget(self.change)
        keys = QHBoxLayout()
        keys.setSpacing(SPACE_2)
        for each in (self.keep, self.leave, self.certificates, self.usual):
            keys.addWidget(each)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(known)
        column.addWidget(self.field)
        column.addLayout(keys)
