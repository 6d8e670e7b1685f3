"""Revoking a laptop for good: its name or number is typed back, because there is no way back."""

from __future__ import annotations

import importlib
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from outreach_app.centre.desk.device_states import DeviceState
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.words import DIGITS, short_number, shown_label
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.incoming_rows import moment
from ui.desk.panel import Panel
from ui.widgets.buttons import button
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import words


class RevokePanel(Panel):
    """``revoked`` tells when it is done."""

    revoked = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Revoke a laptop"))
        self._context = context
        self._device = self._name = ""
        self._is_unique = True
        self.which = words()
        self.form.addWidget(self.which)
        self.line = QLineEdit()
        self.field = LabelledField(_("Its name or number, typed back"), self.line)
        self.form.addWidget(self.field)
        self.revoke = button(_("Revoke for good"), icon="discard")
        self.put(self.revoke)
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.returnPressed.connect(self.revoke.click)
        self.revoke.clicked.connect(self._revoke)

    def begin(self, state: DeviceState, *, is_unique: bool) -> None:
        """Ask for this laptop; its name will do when no other is called the same."""
        self._is_unique = is_unique
        self._tell_which(state, self._context.home.clock.local_now())
        self._device, self._name = state.device, shown_label(state.label)
        self.heading.setText(_("Revoke {label}").format(label=self._name))
        self.line.clear()
        self.step(
            _(
                "Nothing of this laptop is taken any more, neither by the mailbox nor from a stick, and nobody can "
                "help to open it. What it sent before stays. There is no way back: a laptop found again enrols anew."
            ),
            self.revoke, fields=True,
        )  # fmt: skip
        self._look()
        self.line.setFocus()

    def _tell_which(self, state: DeviceState, now: datetime) -> None:
        batch, heard = _("No batch of it was taken in yet."), _("It has not reported yet.")
        if state.last_batch:
            batch = _("Its last batch is number {batch}.").format(batch=state.last_batch)
        if state.last_heard:
            heard = _("It last reported {when}.").format(when=moment(state.last_heard, now))
        number = _("Its number begins with {number}.").format(number=short_number(state.device))
        told = f"{number} {batch} {heard}"
        digits = _("Of the number, the first eight digits will do.")
        other = _("Another laptop is called the same: type the first eight digits of its number.")
        self.which.setText(f"{told}\n{digits if self._is_unique else other}")

    def _look(self) -> None:
        self.revoke.setEnabled(self._is_named(self.line.text()))

    def _is_named(self, typed: str) -> bool:
        digits = typed.replace(" ", "").casefold()
        by_name = self._is_unique and typed.strip() == self._name
        return by_name or (len(digits) >= DIGITS and self._device.startswith(digits))

    def _revoke(self) -> None:
        self.begin_busy(_("Revoking"))
        folder, device = self._context.home.folder, self._device

        def revoke(desk: Desk) -> None:
            importlib.import_module("outreach_app.centre.halves").revoke(folder, desk, device)

        self._context.change(revoke, lambda _done: self._revoked(), self._told, owner=self)

    def _revoked(self) -> None:
        self.end_busy()
        self._context.messages.say(_("{label} is revoked.").format(label=self._name))
        self.revoked.emit()

    def _told(self, error: Exception) -> None:
        self.end_busy()
        self.say(self._context.messages.sentence(error))
